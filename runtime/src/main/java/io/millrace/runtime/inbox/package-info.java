/** Bounded, fair queues between doors and loops. */
@NullMarked
package io.millrace.runtime.inbox;

import org.jspecify.annotations.NullMarked;
