/** Compiled conditions: operators and casts. */
@NullMarked
package io.millrace.engine.condition;

import org.jspecify.annotations.NullMarked;
