/** CloudTrail log files: what a key means, and the records in a file, one at a time. */
@NullMarked
package io.millrace.aws.cloudtrail;

import org.jspecify.annotations.NullMarked;
