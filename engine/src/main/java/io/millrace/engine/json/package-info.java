/** JSON values, paths into a task's data and the coercions of the process format. */
@NullMarked
package io.millrace.engine.json;

import org.jspecify.annotations.NullMarked;
