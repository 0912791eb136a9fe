/** The contract of a process's parameters: what is required, of which type, and what is masked. */
@NullMarked
package io.millrace.engine.params;

import org.jspecify.annotations.NullMarked;
