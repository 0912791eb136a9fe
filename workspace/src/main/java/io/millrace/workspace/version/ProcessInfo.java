package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * A process without its graph.
 *
 * @param id its number
 * @param folderId the folder it stands in
 * @param title for people
 * @param description for people
 * @param stateDiagram whether its {@code conv_type} is {@code state}
 * @param status whether it runs; DELETED while it is in the trash
 * @param blockedReason why an administrator blocked it; empty otherwise
 * @param params the parameter contract
 * @param refMask whether references of finished tasks are hidden
 * @param hash the secret of its direct URL, or null when that is off
 * @param ownerId whose it is
 * @param nodeCount nodes of the confirmed graph, of the draft when there is none
 * @param createMillis when it was made
 * @param changeMillis when it was last changed
 * @param changeStamp Unix seconds of the last change, grows with every change
 * @param lastConfirmedVersion the number of the current version; 0: nothing was confirmed yet
 * @param deployed whether there is a running graph (a new process with its two first nodes has one)
 */
public record ProcessInfo(
    long id,
    long folderId,
    String title,
    String description,
    boolean stateDiagram,
    ProcessStatus status,
    String blockedReason,
    ArrayNode params,
    boolean refMask,
    @Nullable String hash,
    long ownerId,
    int nodeCount,
    long createMillis,
    long changeMillis,
    long changeStamp,
    long lastConfirmedVersion,
    boolean deployed) {
  /** Without the hash: it is a password for the direct URL. */
  @Override
  public String toString() {
    return "ProcessInfo[id=" + id + ", title=" + title + ", status=" + status + "]";
  }
}
