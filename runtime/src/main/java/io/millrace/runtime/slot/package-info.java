/** The table from slot to partition. */
@NullMarked
package io.millrace.runtime.slot;

import org.jspecify.annotations.NullMarked;
