/** Fetching objects from the bucket. */
@NullMarked
package io.millrace.aws.s3;

import org.jspecify.annotations.NullMarked;
