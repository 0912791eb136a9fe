/**
 * The local host: opens, recovers, owns loops, closes. Start at {@link
 * io.millrace.runtime.LocalHost}.
 */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;
