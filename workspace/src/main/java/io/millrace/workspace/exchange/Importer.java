package io.millrace.workspace.exchange;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.folder.Folders;
import io.millrace.workspace.rights.Access;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.WorkspaceException.Problem;
import io.millrace.workspace.version.Deployment;
import io.millrace.workspace.version.NodeJson;
import io.millrace.workspace.version.ProcessRow;
import io.millrace.workspace.version.ProcessTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Carries out one import within one change: new ids, rewritten references, then deployment. A
 * process that does not deploy stays paused with its graph as a draft; the import goes on.
 */
final class Importer {
  private static final String NOTE = "Imported";

  private final Change change;
  private final Deployment deployment;
  private final long actorId;
  private final long nowMillis;
  private final Map<Long, Long> folderIds = new HashMap<>();
  private final Map<Long, Rewriter.Target> targets = new HashMap<>();
  private final List<ImportResult.Created> created = new ArrayList<>();

  Importer(Change change, Deployment deployment, long actorId, long nowMillis) {
    this.change = change;
    this.deployment = deployment;
    this.actorId = actorId;
    this.nowMillis = nowMillis;
  }

  ImportResult run(ImportPlan plan, Item target, boolean skipRoot) {
    int depth = Items.chain(change.handle(), target).size();
    for (ImportPlan.FolderPart folder : plan.folders()) {
      createFolder(folder, target.id(), depth, skipRoot);
    }
    List<Incoming> incoming = new ArrayList<>();
    for (ImportPlan.ProcessPart process : plan.processes()) {
      incoming.add(createProcess(process, target.id()));
    }
    Rewriter rewriter = new Rewriter(targets, actorId);
    incoming.forEach(one -> rewriter.rewrite(one.part().nodes(), one.target()));
    Map<Incoming, List<Problem>> failed = deploy(incoming);
    return new ImportResult(
        created, new ErrorTree(change.handle(), failed).folders(), plan.skipped());
  }

  private void createFolder(
      ImportPlan.FolderPart folder, long targetId, int targetDepth, boolean skipRoot) {
    Long above = folder.parentId() == null ? null : folderIds.get(folder.parentId());
    long parentId = above == null ? targetId : above;
    if (above == null && skipRoot) {
      remember(folder.oldId(), targetId);
      return;
    }
    Item item =
        Folders.insert(change, parentId, folder.title(), folder.description(), actorId, nowMillis);
    Folders.requireDepth(Math.max(targetDepth, Items.chain(change.handle(), item).size()));
    keep(item.id(), folder.uuid(), folder.extraKeys());
    remember(folder.oldId(), item.id());
    created.add(
        new ImportResult.Created(
            ObjectKind.FOLDER,
            item.id(),
            folder.oldId(),
            folder.parentId(),
            folder.title(),
            folder.description(),
            null));
  }

  private void remember(@Nullable Long oldId, long newId) {
    if (oldId != null) {
      folderIds.put(oldId, newId);
    }
  }

  private Incoming createProcess(ImportPlan.ProcessPart part, long targetId) {
    Long above = part.parentId() == null ? null : folderIds.get(part.parentId());
    Item item =
        Items.insert(
            change,
            ObjectKind.PROCESS,
            above == null ? targetId : above,
            part.title(),
            part.description(),
            actorId,
            nowMillis);
    ProcessRow row =
        ProcessTable.insert(
            change,
            item,
            part.stateDiagram(),
            status(part),
            part.params(),
            part.refMask(),
            part.frame());
    keep(item.id(), part.uuid(), part.extraKeys());
    String hash = row.hash() == null ? "" : row.hash();
    Rewriter.Target target = new Rewriter.Target(item.id(), hash, newNodeIds(part));
    if (part.oldId() != null) {
      targets.put(part.oldId(), target);
    }
    created.add(
        new ImportResult.Created(
            ObjectKind.PROCESS,
            item.id(),
            part.oldId(),
            part.parentId(),
            part.title(),
            part.description(),
            row.hash()));
    return new Incoming(part, target);
  }

  /** Only administrators make blocked processes; for others the file's wish becomes a pause. */
  private ProcessStatus status(ImportPlan.ProcessPart part) {
    boolean mayBlock = new Access(change.handle()).isAdministrator(actorId);
    return part.status() == ProcessStatus.BLOCKED && !mayBlock
        ? ProcessStatus.PAUSED
        : part.status();
  }

  private Map<String, String> newNodeIds(ImportPlan.ProcessPart part) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (JsonNode node : part.nodes()) {
      ids.put(node.path("id").asString(), NodeJson.newId(nowMillis));
    }
    return ids;
  }

  private void keep(long itemId, @Nullable String uuid, JsonNode extraKeys) {
    Handle handle = change.handle();
    if (uuid != null) {
      handle.execute("UPDATE item SET uuid = ? WHERE id = ?", uuid, itemId);
    }
    handle.execute("UPDATE item SET extra_keys = ? WHERE id = ?", Json.write(extraKeys), itemId);
  }

  /**
   * Deploys all at first, because they may call each other in any order, and then takes back those
   * with errors until no more are found: taking one back can break its callers.
   */
  private Map<Incoming, List<Problem>> deploy(List<Incoming> incoming) {
    Handle handle = change.handle();
    long version = nowMillis / 1000;
    for (Incoming one : incoming) {
      ProcessRow row = ProcessTable.live(handle, one.target().newId());
      deployment.deploy(change, row, one.part().nodes(), version, actorId, NOTE);
    }
    Map<Incoming, List<Problem>> failed = new LinkedHashMap<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Incoming one : incoming) {
        List<Problem> problems = failed.containsKey(one) ? List.of() : check(one);
        if (Deployment.hasErrors(problems)) {
          failed.put(one, problems.stream().filter(Problem::error).toList());
          ProcessRow row = ProcessTable.live(handle, one.target().newId());
          deployment.withdraw(change, row, one.part().nodes(), version, actorId);
          more = true;
        }
      }
    }
    return failed;
  }

  private List<Problem> check(Incoming one) {
    ProcessRow row = ProcessTable.live(change.handle(), one.target().newId());
    return deployment.check(change.handle(), row, one.part().nodes(), actorId, true);
  }

  /** A process of the file with its new ids. */
  record Incoming(ImportPlan.ProcessPart part, Rewriter.Target target) {}
}
