/** Retention: drops finished tasks whose day has come, and gives their space back. */
@NullMarked
package io.millrace.runtime.archive;

import org.jspecify.annotations.NullMarked;
