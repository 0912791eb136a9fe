/** The invariants of the engine's promises, checked over a state. */
@NullMarked
package io.millrace.engine.audit;

import org.jspecify.annotations.NullMarked;
