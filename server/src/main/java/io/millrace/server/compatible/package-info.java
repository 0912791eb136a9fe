/** The compatible API: one file per route or group of operations; wire names end here. */
@NullMarked
package io.millrace.server.compatible;

import org.jspecify.annotations.NullMarked;
