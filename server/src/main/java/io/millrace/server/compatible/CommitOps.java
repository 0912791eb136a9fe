package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.folder.FolderItem;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.version.CommitInfo;
import io.millrace.workspace.version.Node;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Drafts of processes: deploying, showing and discarding them, and the list of versions. */
final class CommitOps {
  private final Workspace workspace;

  CommitOps(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Operations operations) {
    operations
        .add("commit", "confirm", this::confirm)
        .add("commit", "show", this::show)
        .add("commit", "delete", this::delete)
        .add("commits", "list", this::list);
  }

  /** {@code conv_id}, or {@code obj_id} with {@code obj_type} conv. */
  private static long process(Op op) {
    if (op.has("conv_id")) {
      return op.process();
    }
    if (!op.text("obj_type").orElse("conv").equals("conv")) {
      throw OpException.value("obj_type", op.get("obj_type"));
    }
    return op.processOf("obj_id");
  }

  private ObjectNode confirm(Op op) {
    long process = process(op);
    long version = op.requiredNumber("version");
    CommitInfo commit =
        workspace.drafts().confirm(op.user(), process, version, op.text("title").orElse(""));
    return answer(op, process, commit.version());
  }

  private static ObjectNode answer(Op op, long process, long version) {
    return op.ok()
        .put("obj_id", process)
        .put("obj_type", "conv")
        .put("conv_id", process)
        .put("version", version);
  }

  private ObjectNode show(Op op) {
    long process = process(op);
    long version = op.requiredNumber("version");
    ObjectNode answer = answer(op, process, version);
    ArrayNode list = answer.putArray("list");
    for (Node node : workspace.drafts().showCommit(op.user(), process, version)) {
      ObjectNode entry = list.addObject();
      entry.put("obj_id", node.id());
      entry.put("obj_type", node.objType());
      entry.put("title", node.title());
      entry.put("description", node.description());
      entry.set("logics", node.logics());
      entry.set("semaphors", node.semaphores());
      entry.putArray("position").add(node.x()).add(node.y());
      entry.put("extra", node.extra());
      entry.put("status", node.change() == Node.Change.DELETED ? 3 : 1);
      entry.put("conv_id", process);
      entry.put("user_id", node.userId());
      entry.put("create_time", node.changeMillis() / 1000);
    }
    return answer;
  }

  /** Discards a draft; of a folder: the drafts with this version of all processes in it. */
  private ObjectNode delete(Op op) {
    long version = op.requiredNumber("version");
    if (op.text("obj_type").orElse("conv").equals("folder") && !op.has("conv_id")) {
      long folder = op.requiredNumber("obj_id");
      for (FolderItem item : workspace.folders().branch(op.user(), folder)) {
        if (item.kind() == ObjectKind.PROCESS && hasDraft(op, item.id(), version)) {
          workspace.drafts().discard(op.user(), item.id(), version);
        }
      }
      return op.ok().put("obj_id", folder).put("obj_type", "folder").put("version", version);
    }
    long process = process(op);
    workspace.drafts().discard(op.user(), process, version);
    return answer(op, process, version);
  }

  private boolean hasDraft(Op op, long process, long version) {
    return workspace.drafts().commits(op.user(), process).stream()
        .anyMatch(commit -> !commit.confirmed() && commit.version() == version);
  }

  private ObjectNode list(Op op) {
    long process = process(op);
    ObjectNode answer = op.ok().put("obj_id", process).put("obj_type", "conv");
    ArrayNode list = Json.array();
    for (CommitInfo commit : workspace.drafts().commits(op.user(), process)) {
      list.addObject()
          .put("conv_id", process)
          .put("version", commit.version())
          .put("create_time", commit.createMillis() / 1000)
          .put("user_id", commit.userId())
          .put("confirmed", commit.confirmed())
          .put("title", commit.note());
    }
    answer.set("list", list);
    return answer;
  }
}
