/** Carries out the notify logic: grouping, channels, durable delivery and the inbox. */
@NullMarked
package io.millrace.alerting;

import org.jspecify.annotations.NullMarked;
