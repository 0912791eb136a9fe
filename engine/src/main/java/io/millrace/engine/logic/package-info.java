/** The sealed logics, a file family each: data, wire form, execution; and the context of a run. */
@NullMarked
package io.millrace.engine.logic;

import org.jspecify.annotations.NullMarked;
