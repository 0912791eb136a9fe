/** Named invariants, checked after a run. */
@NullMarked
package io.millrace.simulation.invariant;

import org.jspecify.annotations.NullMarked;
