/**
 * Users, rights, folders and process versions. Start at {@link io.millrace.workspace.Workspace}.
 */
@NullMarked
package io.millrace.workspace;

import org.jspecify.annotations.NullMarked;
