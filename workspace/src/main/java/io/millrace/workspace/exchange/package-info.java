/** Import and export of processes in the exchange format. */
@NullMarked
package io.millrace.workspace.exchange;

import org.jspecify.annotations.NullMarked;
