/** Who may come in: users, API keys, groups, sessions, sign-in. */
@NullMarked
package io.millrace.workspace.people;

import org.jspecify.annotations.NullMarked;
