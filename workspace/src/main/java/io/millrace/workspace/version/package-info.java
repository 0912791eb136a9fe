/** Processes: drafts, confirmed versions, and what the engine must know of them. */
@NullMarked
package io.millrace.workspace.version;

import org.jspecify.annotations.NullMarked;
