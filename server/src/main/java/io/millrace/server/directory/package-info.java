/** Connects the workspace with the engine: what is changed there is made known here. */
@NullMarked
package io.millrace.server.directory;

import org.jspecify.annotations.NullMarked;
