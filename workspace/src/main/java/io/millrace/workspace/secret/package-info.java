/** Encryption of what must be read back in plain: the installation key and what it seals. */
@NullMarked
package io.millrace.workspace.secret;

import org.jspecify.annotations.NullMarked;
