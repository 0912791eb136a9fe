/** The activation loop and what a partition keeps while it applies commands. */
@NullMarked
package io.millrace.engine.step;

import org.jspecify.annotations.NullMarked;
