/** The state port and the typed tables that partitions keep in it. */
@NullMarked
package io.millrace.engine.state;

import org.jspecify.annotations.NullMarked;
