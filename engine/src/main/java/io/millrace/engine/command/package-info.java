/** All that crosses a partition's border, as data: commands, replies, messages, effects, events. */
@NullMarked
package io.millrace.engine.command;

import org.jspecify.annotations.NullMarked;
