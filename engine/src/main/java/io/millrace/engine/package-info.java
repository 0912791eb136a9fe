/**
 * The engine core: no I/O, no clock, no randomness, no threads. Start at {@link
 * io.millrace.engine.Partition}.
 */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
