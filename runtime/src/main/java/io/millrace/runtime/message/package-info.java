/** Messages between partitions as bytes, for outboxes and topics. */
@NullMarked
package io.millrace.runtime.message;

import org.jspecify.annotations.NullMarked;
