/** The simulator: a program with a seed, and what a run came to. */
@NullMarked
package io.millrace.simulation;

import org.jspecify.annotations.NullMarked;
