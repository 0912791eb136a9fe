/** What the web console needs beyond the compatible API, and its live stream. */
@NullMarked
package io.millrace.server.console;

import org.jspecify.annotations.NullMarked;
