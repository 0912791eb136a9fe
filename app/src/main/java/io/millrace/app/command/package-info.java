/** The command line, one file a command. */
@NullMarked
package io.millrace.app.command;

import org.jspecify.annotations.NullMarked;
