package io.millrace.server.compatible;

import io.millrace.workspace.Workspace;
import io.millrace.workspace.store.WorkspaceException;
import io.millrace.workspace.version.CommitInfo;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Node operations without a version (old clients): they apply at the end of their request. While the
 * graph is not complete yet, such as between two requests that build it, the edits are kept as a
 * draft, and the last answer says what is still missing.
 */
final class ImmediateEdits {
  private final Workspace workspace;
  private final InstantSource clock;

  ImmediateEdits(Workspace workspace, InstantSource clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  Session open() {
    return new Session();
  }

  private record Edited(long user, long version, ObjectNode lastAnswer, int apiVersion) {}

  /** One request. */
  final class Session {
    private final Map<Long, Edited> edited = new LinkedHashMap<>();

    /** Runs an operation, giving it a version when it is a node edit without one. */
    ObjectNode around(Op op, Supplier<ObjectNode> operation) {
      if (!isEdit(op) || op.has("version")) {
        return operation.get();
      }
      long process = op.process();
      Edited before = edited.get(process);
      long version = before == null ? draftVersion(op, process) : before.version();
      op.json().put("version", version);
      ObjectNode answer = operation.get();
      edited.put(process, new Edited(op.user(), version, answer, op.version()));
      return answer;
    }

    /** Makes the edits of this request the running version, where they are complete. */
    void close() {
      edited.forEach(
          (process, edit) -> {
            try {
              workspace.drafts().confirm(edit.user(), process, edit.version(), "");
            } catch (WorkspaceException e) {
              edit.lastAnswer().put("deployed", false);
              edit.lastAnswer().put("description", e.getMessage());
              edit.lastAnswer().set("errors", DeployErrors.byNode(e.problems()));
            }
          });
    }
  }

  private static boolean isEdit(Op op) {
    if (!op.object().equals("node")) {
      return false;
    }
    return switch (op.type()) {
      case "create", "modify" -> op.version() == 1;
      case "delete" -> true;
      default -> false;
    };
  }

  /** The caller's own open draft of this process, else a new one. */
  private long draftVersion(Op op, long process) {
    long newest = 0;
    for (CommitInfo commit : workspace.drafts().commits(op.user(), process)) {
      if (!commit.confirmed() && commit.userId() == op.user()) {
        return commit.version();
      }
      newest = Math.max(newest, commit.version());
    }
    return Math.max(clock.millis() / 1000, newest + 1);
  }
}
