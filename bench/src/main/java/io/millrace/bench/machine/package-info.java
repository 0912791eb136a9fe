/** Facts about the machine, without which a figure says nothing. */
@NullMarked
package io.millrace.bench.machine;

import org.jspecify.annotations.NullMarked;
