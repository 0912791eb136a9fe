/** JSON and the other encodings of the compatible API, and reading members leniently. */
@NullMarked
package io.millrace.server.wire;

import org.jspecify.annotations.NullMarked;
