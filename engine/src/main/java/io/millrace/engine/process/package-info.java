/** The compiled process: immutable nodes, exits, look-up by ordinal. */
@NullMarked
package io.millrace.engine.process;

import org.jspecify.annotations.NullMarked;
