package io.millrace.workspace.folder;

import io.millrace.workspace.rights.Access;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.rights.Rights;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.WorkspaceException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tree of folders and processes. Every method takes the acting principal first and checks its
 * rights; the methods on objects serve folders and processes alike.
 */
public final class Folders {
  /** The root of the workspace. */
  public static final long ROOT = Items.ROOT;

  private final Database database;
  private final InstantSource clock;

  public Folders(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public FolderItem create(
      long actorId, long parentId, String title, @Nullable String description) {
    Limits.title(title);
    String text = Limits.description(description);
    return database.write(change -> {
      Handle handle = change.handle();
      Item parent = Items.live(handle, parentId, ObjectKind.FOLDER);
      Rights.require(new Access(handle), actorId, parent, Privilege.CREATE);
      requireDepth(Items.chain(handle, parent).size() + 1);
      Item item = insert(change, parentId, title, text, actorId, clock.millis());
      return listing(handle, actorId).one(item);
    });
  }

  /** Makes a folder within a larger change, such as an import; checks nothing. */
  public static Item insert(
      Change change,
      long parentId,
      String title,
      String description,
      long ownerId,
      long nowMillis) {
    return Items.insert(
        change, ObjectKind.FOLDER, parentId, title, description, ownerId, nowMillis);
  }

  /** Changes title and description; null leaves one as it is. */
  public FolderItem modify(
      long actorId, long folderId, @Nullable String title, @Nullable String description) {
    return database.write(change -> {
      Handle handle = change.handle();
      Item item = Items.live(handle, folderId, ObjectKind.FOLDER);
      Rights.require(new Access(handle), actorId, item, Privilege.MODIFY);
      handle.execute(
          "UPDATE item SET title = ?, description = ?, change_millis = ? WHERE id = ?",
          title == null ? item.title() : Limits.title(title),
          description == null ? item.description() : Limits.description(description),
          laterThan(item.changeMillis()),
          folderId);
      return listing(handle, actorId).one(Items.get(handle, folderId, ObjectKind.FOLDER));
    });
  }

  public FolderItem show(long actorId, long folderId) {
    return database.read(handle -> {
      Item item = Items.live(handle, folderId, ObjectKind.FOLDER);
      Rights.require(new Access(handle), actorId, item, Privilege.VIEW);
      return listing(handle, actorId).one(item);
    });
  }

  public FolderListing list(
      long actorId, long folderId, FolderFilter filter, FolderSort sort, boolean descending) {
    return database.read(handle -> {
      Item folder = Items.live(handle, folderId, ObjectKind.FOLDER);
      Rights.require(new Access(handle), actorId, folder, Privilege.VIEW);
      long parentId = Math.max(folder.parentId(), ROOT);
      String parentTitle =
          folderId == ROOT ? "" : Items.find(handle, parentId).map(Item::title).orElse("");
      List<FolderItem> items = listing(handle, actorId).items(folderId, filter, sort, descending);
      return new FolderListing(folderId, parentId, parentTitle, items);
    });
  }

  /** The whole subtree that the caller may see, parents before children. */
  public List<FolderItem> branch(long actorId, long folderId) {
    return database.read(handle -> {
      Item folder = Items.live(handle, folderId, ObjectKind.FOLDER);
      Access access = new Access(handle).preload();
      Rights.require(access, actorId, folder, Privilege.VIEW);
      List<Item> below = new ArrayList<>(Items.subtree(handle, folder));
      below.removeIf(item -> item.id() == folderId || item.isDeleted());
      return new Listing(handle, access, actorId).visible(below);
    });
  }

  /** The folders from the root down to this one. */
  public List<FolderItem> path(long actorId, long folderId) {
    return database.read(handle -> {
      Item folder = Items.live(handle, folderId, ObjectKind.FOLDER);
      Rights.require(new Access(handle), actorId, folder, Privilege.VIEW);
      // Folders above are shown by name even without a right on them, as in any breadcrumb.
      return listing(handle, actorId).all(Items.chain(handle, folder).reversed());
    });
  }

  /** Puts an object into another folder; needs modify on the object and create on the target. */
  public Move move(long actorId, long objectId, long targetFolderId) {
    return database.write(change -> {
      Handle handle = change.handle();
      Item item = liveObject(handle, objectId);
      Item target = Items.live(handle, targetFolderId, ObjectKind.FOLDER);
      Access access = new Access(handle);
      Rights.require(access, actorId, item, Privilege.MODIFY);
      Rights.require(access, actorId, target, Privilege.CREATE);
      List<Item> above = Items.chain(handle, target);
      if (above.stream().anyMatch(folder -> folder.id() == objectId)) {
        throw WorkspaceException.move(
            "folder " + targetFolderId + " is folder " + objectId + " or lies in it");
      }
      List<Item> subtree = Items.subtree(handle, item);
      requireDepth(above.size() + height(subtree));
      String from = Items.find(handle, item.parentId()).map(Item::title).orElse("");
      handle.execute(
          "UPDATE item SET parent_id = ?, change_millis = ? WHERE id = ?",
          targetFolderId,
          laterThan(item.changeMillis()),
          objectId);
      processesChanged(change, subtree);
      return new Move(objectId, item.kind(), item.parentId(), from, targetFolderId, target.title());
    });
  }

  public void favorite(long actorId, long objectId, boolean favorite) {
    database.write(change -> {
      Handle handle = change.handle();
      Item item = liveObject(handle, objectId);
      Rights.require(new Access(handle), actorId, item, Privilege.VIEW);
      handle.execute(
          "DELETE FROM favorite WHERE principal_id = ? AND item_id = ?", actorId, objectId);
      if (favorite) {
        handle.execute(
            "INSERT INTO favorite (principal_id, item_id) VALUES (?, ?)", actorId, objectId);
      }
      return objectId;
    });
  }

  /** Moves a folder with its content, or a process, to the trash. */
  public void delete(long actorId, long objectId) {
    database.write(change -> {
      Item item = liveObject(change.handle(), objectId);
      Rights.require(new Access(change.handle()), actorId, item, Privilege.DELETE);
      trash(change, item);
      return objectId;
    });
  }

  /** Takes an object back out of the trash; returns its folder (the root when that is gone). */
  public long restore(long actorId, long objectId) {
    return database.write(change -> {
      Handle handle = change.handle();
      Item item = object(handle, objectId);
      Rights.require(new Access(handle), actorId, item, Privilege.DELETE);
      Long root = item.deletedRoot();
      if (root == null) {
        throw WorkspaceException.value("obj_id", objectId, "expected an object in the trash");
      }
      boolean parentLives =
          Items.find(handle, item.parentId()).filter(p -> !p.isDeleted()).isPresent();
      long parentId = parentLives ? item.parentId() : ROOT;
      List<Item> together = deletedTogether(handle, item, root);
      for (Item restored : together) {
        handle.execute(
            "UPDATE item SET deleted_millis = NULL, deleted_root = NULL WHERE id = ?",
            restored.id());
      }
      handle.execute(
          "UPDATE item SET parent_id = ?, change_millis = ? WHERE id = ?",
          parentId,
          laterThan(item.changeMillis()),
          objectId);
      processesChanged(change, together);
      return parentId;
    });
  }

  /**
   * Removes an object and all below it for ever. What was in the trash already before its folder
   * was deleted stays there, and is restored to the root.
   */
  public void destroy(long actorId, long objectId) {
    database.write(change -> {
      Item item = object(change.handle(), objectId);
      Rights.require(new Access(change.handle()), actorId, item, Privilege.DELETE);
      if (!item.isDeleted()) {
        trash(change, item);
      }
      destroy(change, object(change.handle(), objectId));
      return objectId;
    });
  }

  /** Destroys what has been in the trash since before this time; returns how many objects. */
  public int emptyTrash(long deletedBeforeMillis) {
    return database.write(change -> {
      Handle handle = change.handle();
      List<Long> roots =
          handle
              .select(
                  "SELECT id FROM item WHERE deleted_root = id AND deleted_millis < ?"
                      + " ORDER BY id",
                  deletedBeforeMillis)
              .mapTo(Long.class)
              .list();
      int count = 0;
      for (long id : roots) {
        count += destroy(change, object(handle, id));
      }
      return count;
    });
  }

  private void trash(Change change, Item item) {
    if (item.id() == ROOT) {
      throw WorkspaceException.value("obj_id", ROOT, "the root folder cannot be deleted");
    }
    long now = clock.millis();
    List<Item> subtree = Items.subtree(change.handle(), item);
    subtree.removeIf(Item::isDeleted);
    for (Item deleted : subtree) {
      change
          .handle()
          .execute(
              "UPDATE item SET deleted_millis = ?, deleted_root = ? WHERE id = ?",
              now,
              item.id(),
              deleted.id());
    }
    processesChanged(change, subtree);
  }

  private static int destroy(Change change, Item item) {
    Handle handle = change.handle();
    Long root = item.deletedRoot();
    if (root == null) {
      throw new IllegalStateException("Object " + item.id() + " is not in the trash");
    }
    List<Item> together = deletedTogether(handle, item, root);
    for (Item destroyed : together.reversed()) {
      handle.execute(
          "UPDATE item SET parent_id = ? WHERE parent_id = ? AND deleted_root = id",
          ROOT,
          destroyed.id());
      handle.execute("DELETE FROM item WHERE id = ?", destroyed.id());
      if (destroyed.kind() == ObjectKind.PROCESS) {
        change.processRemoved(destroyed.id());
      }
    }
    return together.size();
  }

  /** The object and what went to the trash below it in the same deletion. */
  private static List<Item> deletedTogether(Handle handle, Item item, long deletedRoot) {
    Set<Long> reached = new HashSet<>(Set.of(item.id()));
    List<Item> together = new ArrayList<>();
    for (Item below : Items.subtree(handle, item)) {
      boolean connected = below.id() == item.id() || reached.contains(below.parentId());
      Long root = below.deletedRoot();
      if (connected && root != null && root == deletedRoot) {
        reached.add(below.id());
        together.add(below);
      }
    }
    return together;
  }

  private static void processesChanged(Change change, List<Item> items) {
    for (Item item : items) {
      if (item.kind() == ObjectKind.PROCESS) {
        change.processChanged(item.id());
      }
    }
  }

  private static Item object(Handle handle, long objectId) {
    return Items.find(handle, objectId)
        .orElseThrow(() -> WorkspaceException.notFound("object", objectId));
  }

  private static Item liveObject(Handle handle, long objectId) {
    Item item = object(handle, objectId);
    if (item.isDeleted()) {
      throw WorkspaceException.notFound(item.kind().wireName(), objectId);
    }
    if (objectId == ROOT) {
      throw WorkspaceException.value("obj_id", ROOT, "not possible with the root folder");
    }
    return item;
  }

  /** How many levels a subtree has; parents come first in it. */
  private static int height(List<Item> subtree) {
    Map<Long, Integer> levels = new HashMap<>();
    int height = 0;
    for (Item item : subtree) {
      int level = levels.getOrDefault(item.parentId(), 0) + 1;
      levels.put(item.id(), level);
      height = Math.max(height, level);
    }
    return height;
  }

  /** Refuses trees deeper than the limit; {@code depth} counts the root. */
  public static void requireDepth(int depth) {
    if (depth > Limits.FOLDER_DEPTH_MAX) {
      throw WorkspaceException.value(
          "folder_id", null, "folders are nested deeper than " + Limits.FOLDER_DEPTH_MAX);
    }
  }

  private long laterThan(long changeMillis) {
    return Math.max(clock.millis(), changeMillis + 1);
  }

  private static Listing listing(Handle handle, long actorId) {
    return new Listing(handle, new Access(handle), actorId);
  }
}
