package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a new process is made of.
 *
 * @param folderId where to put it
 * @param title for people
 * @param description for people, or null
 * @param stateDiagram whether it is a state diagram
 * @param status its first status
 * @param withNodes whether start and final node are made and deployed
 */
public record NewProcess(
    long folderId,
    String title,
    @Nullable String description,
    boolean stateDiagram,
    ProcessStatus status,
    boolean withNodes) {}
