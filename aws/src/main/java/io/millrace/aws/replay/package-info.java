/** Replay of log files from disk: progress, pace, resuming. */
@NullMarked
package io.millrace.aws.replay;

import org.jspecify.annotations.NullMarked;
