/** A made-up day of CloudTrail log files with an attack hidden in it. */
@NullMarked
package io.millrace.aws.sample;

import org.jspecify.annotations.NullMarked;
