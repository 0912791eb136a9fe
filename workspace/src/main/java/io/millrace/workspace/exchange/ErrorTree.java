package io.millrace.workspace.exchange;

import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.WorkspaceException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Sorts the errors of an import by folder, process and node. */
final class ErrorTree {
  private final Handle handle;
  private final Map<Importer.Incoming, List<Problem>> failed;

  ErrorTree(Handle handle, Map<Importer.Incoming, List<Problem>> failed) {
    this.handle = handle;
    this.failed = failed;
  }

  List<ImportResult.FolderErrors> folders() {
    Map<Long, List<ImportResult.ProcessErrors>> byFolder = new LinkedHashMap<>();
    failed.forEach((incoming, problems) -> {
      Item item = Items.find(handle, incoming.target().newId()).orElseThrow();
      byFolder
          .computeIfAbsent(item.parentId(), id -> new ArrayList<>())
          .add(process(incoming, problems));
    });
    return byFolder.entrySet().stream()
        .map(entry ->
            new ImportResult.FolderErrors(
                entry.getKey(),
                Items.find(handle, entry.getKey()).map(Item::title).orElse(""),
                entry.getValue()))
        .toList();
  }

  private static ImportResult.ProcessErrors process(
      Importer.Incoming incoming, List<Problem> problems) {
    Map<String, String> titles = new LinkedHashMap<>();
    for (JsonNode node : incoming.part().nodes()) {
      titles.put(node.path("id").asString(), node.path("title").asString(""));
    }
    Map<String, List<Problem>> byNode = new LinkedHashMap<>();
    for (Problem problem : problems) {
      String nodeId = problem.nodeId() == null ? "" : problem.nodeId();
      byNode.computeIfAbsent(nodeId, id -> new ArrayList<>()).add(problem);
    }
    List<ImportResult.NodeErrors> nodes =
        byNode.entrySet().stream()
            .map(entry ->
                new ImportResult.NodeErrors(
                    entry.getKey().isEmpty() ? null : entry.getKey(),
                    titles.getOrDefault(entry.getKey(), ""),
                    entry.getValue()))
            .toList();
    return new ImportResult.ProcessErrors(
        incoming.target().newId(), incoming.part().title(), incoming.part().stateDiagram(), nodes);
  }
}
