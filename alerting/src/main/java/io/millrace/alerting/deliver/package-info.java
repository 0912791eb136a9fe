/** Delivery: attempts, back-off, rate limits and the log of it. */
@NullMarked
package io.millrace.alerting.deliver;

import org.jspecify.annotations.NullMarked;
