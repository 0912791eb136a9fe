/** The alerts inbox: search, acknowledgement, live feed and routes. */
@NullMarked
package io.millrace.alerting.inbox;

import org.jspecify.annotations.NullMarked;
