package io.millrace.workspace.exchange;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an upload asks for, checked as a whole before anything is stored: ids are unique, the tree
 * has no cycles, every field has its type.
 *
 * @param folders parents before children
 * @param processes in the order of the file
 * @param skipped elements of kinds that are not kept here
 */
record ImportPlan(
    List<FolderPart> folders, List<ProcessPart> processes, List<ImportResult.Skipped> skipped) {

  /** A folder to make. {@code parentId} may name a folder outside of the file. */
  record FolderPart(
      String where,
      @Nullable Long oldId,
      @Nullable Long parentId,
      String title,
      String description,
      @Nullable String uuid,
      ObjectNode extraKeys) {}

  /** A process to make; {@code nodes} are checked copies. */
  record ProcessPart(
      String where,
      @Nullable Long oldId,
      @Nullable Long parentId,
      String title,
      String description,
      @Nullable String uuid,
      ObjectNode extraKeys,
      ProcessStatus status,
      boolean stateDiagram,
      ArrayNode params,
      boolean refMask,
      ArrayNode nodes,
      ObjectNode frame) {}

  static ImportPlan of(List<Element> elements) {
    List<FolderPart> folders = new ArrayList<>();
    List<ProcessPart> processes = new ArrayList<>();
    List<ImportResult.Skipped> skipped = new ArrayList<>();
    for (Element element : elements) {
      String kind = ElementReader.kind(element);
      switch (kind) {
        case ElementReader.FOLDER -> folders.add(ElementReader.folder(element));
        case ElementReader.PROCESS -> processes.add(ProcessReader.process(element));
        default ->
            skipped.add(new ImportResult.Skipped(kind, element.json().path("title").asString("")));
      }
    }
    Map<Long, String> folderIds = new HashMap<>();
    folders.forEach(folder -> requireNew(folderIds, folder.oldId(), folder.where()));
    Map<Long, String> processIds = new HashMap<>();
    processes.forEach(process -> requireNew(processIds, process.oldId(), process.where()));
    return new ImportPlan(topDown(folders), processes, skipped);
  }

  private static void requireNew(Map<Long, String> seen, @Nullable Long id, String where) {
    String other = id == null ? null : seen.putIfAbsent(id, where);
    if (other != null) {
      throw WorkspaceException.scheme(
          where + ", obj_id", id, "the id " + id + " is used by " + other + ", too");
    }
  }

  /** Parents before children; a folder that its own descendants contain is refused. */
  private static List<FolderPart> topDown(List<FolderPart> folders) {
    Map<Long, FolderPart> byId = new HashMap<>();
    folders.forEach(folder -> byId.put(folder.oldId(), folder));
    Map<Integer, List<FolderPart>> byDepth = new TreeMap<>();
    for (FolderPart folder : folders) {
      int depth = 0;
      FolderPart above = parent(byId, folder);
      while (above != null && depth <= folders.size()) {
        depth++;
        above = parent(byId, above);
      }
      if (above != null) {
        throw WorkspaceException.scheme(
            folder.where() + ", parent_id", folder.parentId(), "the folder contains itself");
      }
      if (depth >= Limits.FOLDER_DEPTH_MAX) {
        throw WorkspaceException.scheme(
            folder.where() + ", parent_id",
            folder.parentId(),
            "folders are nested deeper than " + Limits.FOLDER_DEPTH_MAX);
      }
      byDepth.computeIfAbsent(depth, d -> new ArrayList<>()).add(folder);
    }
    return byDepth.values().stream().flatMap(List::stream).toList();
  }

  private static @Nullable FolderPart parent(Map<Long, FolderPart> byId, FolderPart folder) {
    return folder.parentId() == null ? null : byId.get(folder.parentId());
  }
}
