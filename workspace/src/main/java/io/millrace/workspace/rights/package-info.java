/** What a principal may do with a folder or a process. */
@NullMarked
package io.millrace.workspace.rights;

import org.jspecify.annotations.NullMarked;
