/** Joins the modules: {@link io.millrace.app.Main} and the wiring, by hand. Nothing uses it. */
@NullMarked
package io.millrace.app;

import org.jspecify.annotations.NullMarked;
