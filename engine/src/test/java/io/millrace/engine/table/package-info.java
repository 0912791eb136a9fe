/** Reads the tables that state the format's behaviour case by case. */
@NullMarked
package io.millrace.engine.table;

import org.jspecify.annotations.NullMarked;
