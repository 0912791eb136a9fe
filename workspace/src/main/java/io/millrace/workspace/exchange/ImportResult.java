package io.millrace.workspace.exchange;

import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.WorkspaceException.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import made.
 *
 * @param created folders, then processes, in the order they were made
 * @param errors processes that did not deploy and are paused, by folder
 * @param skipped elements of kinds that this engine does not keep (dashboards, aliases …)
 */
public record ImportResult(
    List<Created> created, List<FolderErrors> errors, List<Skipped> skipped) {
  public ImportResult {
    created = List.copyOf(created);
    errors = List.copyOf(errors);
    skipped = List.copyOf(skipped);
  }

  /** An element that was read but not stored. */
  public record Skipped(String kind, String title) {}

  /**
   * One new object.
   *
   * @param kind folder or process
   * @param id its number here
   * @param oldId its number in the file; null when the file has none
   * @param oldParentId its parent's number in the file; null when the file has none
   * @param title for people
   * @param description for people
   * @param hash the direct URL's hash of a process, null for a folder
   */
  public record Created(
      ObjectKind kind,
      long id,
      @Nullable Long oldId,
      @Nullable Long oldParentId,
      String title,
      String description,
      @Nullable String hash) {
    @Override
    public String toString() {
      return "Created[" + kind + " " + id + " from " + oldId + ", " + title + "]";
    }
  }

  /** The processes with problems in one folder. */
  public record FolderErrors(long folderId, String title, List<ProcessErrors> processes) {
    public FolderErrors {
      processes = List.copyOf(processes);
    }

    public int count() {
      return processes.stream().mapToInt(ProcessErrors::count).sum();
    }
  }

  /** The errors of one process, node by node; those of the process itself have no node. */
  public record ProcessErrors(
      long processId, String title, boolean stateDiagram, List<NodeErrors> nodes) {
    public ProcessErrors {
      nodes = List.copyOf(nodes);
    }

    public int count() {
      return nodes.stream().mapToInt(n -> n.problems().size()).sum();
    }
  }

  /** The errors of one node. */
  public record NodeErrors(@Nullable String nodeId, String title, List<Problem> problems) {
    public NodeErrors {
      problems = List.copyOf(problems);
    }
  }
}
