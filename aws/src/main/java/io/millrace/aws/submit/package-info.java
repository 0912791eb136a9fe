/** From a record to a task: sinks, and the window that bounds what is under way. */
@NullMarked
package io.millrace.aws.submit;

import org.jspecify.annotations.NullMarked;
