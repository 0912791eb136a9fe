package io.millrace.workspace.exchange;

import io.millrace.workspace.rights.Access;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.rights.Rights;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.WorkspaceException;
import io.millrace.workspace.version.Deployment;
import io.millrace.workspace.version.DraftTable;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ArrayNode;

/** Import and export in the exchange format. An import happens as a whole or not at all. */
public final class Exchange {
  private final Database database;
  private final Deployment deployment;
  private final InstantSource clock;

  public Exchange(Database database, Deployment deployment, InstantSource clock) {
    this.database = database;
    this.deployment = deployment;
    this.clock = clock;
  }

  /**
   * Imports a JSON object, a JSON array or a ZIP.
   *
   * @throws WorkspaceException SCHEME naming element and field when the structure cannot be read;
   *     nothing is stored
   */
  public ImportResult importFile(long actorId, byte[] content, long targetFolderId) {
    return importFile(actorId, content, targetFolderId, false);
  }

  /** As above; {@code skipRoot}: the children of the file's root folder go into the target. */
  public ImportResult importFile(
      long actorId, byte[] content, long targetFolderId, boolean skipRoot) {
    ImportPlan plan = ImportPlan.of(SchemeReader.read(content));
    return database.write(change -> run(change, plan, actorId, targetFolderId, skipRoot));
  }

  /** What an import would report, with nothing stored; the new ids in it are not kept. */
  public ImportResult validate(long actorId, byte[] content, long targetFolderId) {
    ImportPlan plan = ImportPlan.of(SchemeReader.read(content));
    try {
      return database.write(change -> {
        throw new RolledBack(run(change, plan, actorId, targetFolderId, false));
      });
    } catch (RolledBack done) {
      return done.result;
    }
  }

  /** Writes an object: the running graph of a process, or the draft when there is none. */
  public ExportFile export(long actorId, long objectId, ExportFormat format) {
    return database.read(handle -> {
      Item item = require(handle, actorId, objectId);
      long now = clock.millis();
      String name = item.kind().wireName() + "_" + objectId + "_" + now / 1000;
      Exporter exporter = new Exporter(handle);
      return switch (format) {
        case ZIP ->
            new ExportFile(
                name + ".zip", "application/zip", exporter.zip(item, name + ".zip", now));
        case JSON ->
            new ExportFile(
                name + ".json",
                "application/json",
                Json.bytes(
                    item.kind() == ObjectKind.PROCESS
                        ? exporter.element(item)
                        : exporter.array(item)));
      };
    });
  }

  /** The array of the exchange format, for {@code get obj_scheme}. */
  public ArrayNode scheme(long actorId, long objectId) {
    return database.read(handle -> new Exporter(handle).array(require(handle, actorId, objectId)));
  }

  /** Refuses with DRAFT when a process of this object has uncommitted edits. */
  public void requireNoDrafts(long actorId, long objectId) {
    database.read(handle -> {
      Item top = require(handle, actorId, objectId);
      for (Item item : Items.subtree(handle, top)) {
        if (!item.isDeleted() && DraftTable.any(handle, item.id())) {
          throw WorkspaceException.draft(item.id());
        }
      }
      return top;
    });
  }

  private ImportResult run(
      Change change, ImportPlan plan, long actorId, long targetFolderId, boolean skipRoot) {
    Handle handle = change.handle();
    Item target = Items.live(handle, targetFolderId, ObjectKind.FOLDER);
    Rights.require(new Access(handle), actorId, target, Privilege.CREATE);
    return new Importer(change, deployment, actorId, clock.millis()).run(plan, target, skipRoot);
  }

  private static Item require(Handle handle, long actorId, long objectId) {
    Item item =
        Items.find(handle, objectId)
            .filter(found -> !found.isDeleted())
            .orElseThrow(() -> WorkspaceException.notFound("obj_scheme", objectId));
    Rights.require(new Access(handle), actorId, item, Privilege.VIEW);
    return item;
  }

  /** Carries a result out of a transaction that must not commit. */
  private static final class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ImportResult result;

    RolledBack(ImportResult result) {
      super(null, null, false, false);
      this.result = result;
    }
  }
}
