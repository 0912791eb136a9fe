package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A process as the database keeps it.
 *
 * @param item its place in the tree
 * @param stateDiagram whether it is a state diagram
 * @param storedStatus its status, the trash aside
 * @param blockedReason why it is blocked
 * @param params JSON array
 * @param refMask whether references are hidden
 * @param hash of the direct URL, or null
 * @param frame JSON object: the scheme without its nodes
 * @param nodes JSON array: the confirmed nodes, or null
 * @param nodeCount how many nodes there are
 * @param changeStamp Unix seconds, growing
 * @param confirmedVersion the current version
 * @param directoryVersion what the engine was told last
 */
public record ProcessRow(
    Item item,
    boolean stateDiagram,
    ProcessStatus storedStatus,
    String blockedReason,
    String params,
    boolean refMask,
    @Nullable String hash,
    String frame,
    @Nullable String nodes,
    int nodeCount,
    long changeStamp,
    long confirmedVersion,
    long directoryVersion) {

  public long id() {
    return item.id();
  }

  public ProcessStatus status() {
    return item.isDeleted() ? ProcessStatus.DELETED : storedStatus;
  }

  public ArrayNode confirmedNodes() {
    return nodes == null ? Json.array() : Json.array(nodes);
  }

  /** A graph in the format: the given nodes first, then what else the scheme holds. */
  public ObjectNode scheme(ArrayNode graph) {
    ObjectNode scheme = Json.object();
    scheme.set("nodes", graph);
    scheme.setAll(Json.object(frame));
    return scheme;
  }

  public ProcessInfo info() {
    return new ProcessInfo(
        item.id(),
        item.parentId(),
        item.title(),
        item.description(),
        stateDiagram,
        status(),
        blockedReason,
        Json.array(params),
        refMask,
        hash,
        item.ownerId(),
        nodeCount,
        item.createMillis(),
        item.changeMillis(),
        changeStamp,
        confirmedVersion,
        nodes != null);
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "ProcessRow[" + item.id() + " " + item.title() + "]";
  }
}
