/** Direct URLs of processes. */
@NullMarked
package io.millrace.server.direct;

import org.jspecify.annotations.NullMarked;
