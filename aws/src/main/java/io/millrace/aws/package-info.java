/** The front door: CloudTrail sources that run until they are stopped. */
@NullMarked
package io.millrace.aws;

import org.jspecify.annotations.NullMarked;
