/** The egress guard: which addresses the installation's own requests may reach. */
@NullMarked
package io.millrace.effects.guard;

import org.jspecify.annotations.NullMarked;
