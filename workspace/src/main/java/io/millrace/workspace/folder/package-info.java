/** The tree of folders: listing, moving, trash. */
@NullMarked
package io.millrace.workspace.folder;

import org.jspecify.annotations.NullMarked;
