/** The doors of the engine: start at {@link io.millrace.server.Server}. */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;
