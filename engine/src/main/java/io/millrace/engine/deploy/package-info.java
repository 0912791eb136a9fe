/** Reads a scheme, validates it whole, names node and field of every problem, compiles. */
@NullMarked
package io.millrace.engine.deploy;

import org.jspecify.annotations.NullMarked;
