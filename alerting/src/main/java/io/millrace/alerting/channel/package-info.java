/** The ways to people: settings, messages and sending, one file family a channel. */
@NullMarked
package io.millrace.alerting.channel;

import org.jspecify.annotations.NullMarked;
