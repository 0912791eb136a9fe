package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.exchange.ImportResult;
import io.millrace.workspace.store.WorkspaceException.Problem;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deploy errors as clients print them: by node, or as the tree that an import answers. */
final class DeployErrors {
  /** Under this key stands what is wrong with the process and not with one node. */
  private static final String PROCESS = "process";

  private DeployErrors() {}

  /** Node id to texts; warnings are left out. */
  static ObjectNode byNode(List<Problem> problems) {
    ObjectNode errors = Json.object();
    for (Problem problem : problems) {
      if (problem.error()) {
        String nodeId = problem.nodeId();
        errors.withArray("/" + (nodeId == null ? PROCESS : nodeId)).add(problem.text());
      }
    }
    return errors;
  }

  /** Folder, process, node, texts; each level with its count. */
  static ArrayNode tree(ImportResult result) {
    ArrayNode folders = Json.array();
    for (ImportResult.FolderErrors folder : result.errors()) {
      ObjectNode entry = level(folder.folderId(), "folder", folder.title(), folder.count());
      ArrayNode processes = entry.putArray("destinations");
      folder.processes().forEach(process -> processes.add(process(process)));
      folders.add(entry);
    }
    return folders;
  }

  private static ObjectNode process(ImportResult.ProcessErrors process) {
    ObjectNode entry = level(process.processId(), "conv", process.title(), process.count());
    entry.put("conv_type", process.stateDiagram() ? "state" : "process");
    ArrayNode nodes = entry.putArray("destinations");
    for (ImportResult.NodeErrors node : process.nodes()) {
      ObjectNode inner = Json.object();
      inner.put("obj_id", node.nodeId());
      inner.put("obj", "node").put("title", node.title()).put("count", node.problems().size());
      ArrayNode texts = inner.putArray("errors");
      node.problems().forEach(problem -> texts.add(problem.text()));
      nodes.add(inner);
    }
    return entry;
  }

  private static ObjectNode level(long id, String object, String title, int count) {
    return Json.object()
        .put("obj_id", id)
        .put("obj", object)
        .put("title", title)
        .put("count", count);
  }
}
