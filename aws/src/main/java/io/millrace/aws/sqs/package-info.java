/** The queue with the notifications, and what a notification says. */
@NullMarked
package io.millrace.aws.sqs;

import org.jspecify.annotations.NullMarked;
