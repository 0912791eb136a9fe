package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import org.jspecify.annotations.Nullable;

/**
 * A change of a process; null leaves a member as it is.
 *
 * @param title for people
 * @param description for people
 * @param status the new status; BLOCKED, and lifting it, is for administrators
 * @param blockedReason why it is blocked; only with BLOCKED
 */
public record ProcessEdit(
    @Nullable String title,
    @Nullable String description,
    @Nullable ProcessStatus status,
    @Nullable String blockedReason) {}
