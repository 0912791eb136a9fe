/** A bucket and its queue on this machine, for the demonstration. */
@NullMarked
package io.millrace.aws.local;

import org.jspecify.annotations.NullMarked;
