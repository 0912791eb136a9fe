/** Measures this machine: what runs, and the table that comes of it. */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
