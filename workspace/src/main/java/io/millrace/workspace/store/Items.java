package io.millrace.workspace.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The queries on the tree's rows that rights, folders and processes share. */
public final class Items {
  public static final long ROOT = 0;

  private Items() {}

  public static Optional<Item> find(Handle handle, long id) {
    return handle
        .select("SELECT * FROM item WHERE id = ?", id)
        .map((row, context) -> Item.read(row))
        .findOne();
  }

  /** The object, in the trash or not; refuses with NOT_FOUND and the wire name of the kind. */
  public static Item get(Handle handle, long id, ObjectKind kind) {
    return find(handle, id)
        .filter(item -> item.kind() == kind)
        .orElseThrow(() -> WorkspaceException.notFound(kind.wireName(), id));
  }

  /** As {@link #get}, but an object in the trash does not exist. */
  public static Item live(Handle handle, long id, ObjectKind kind) {
    Item item = get(handle, id, kind);
    if (item.isDeleted()) {
      throw WorkspaceException.notFound(kind.wireName(), id);
    }
    return item;
  }

  public static List<Item> children(Handle handle, long folderId) {
    return handle
        .select("SELECT * FROM item WHERE parent_id = ? ORDER BY id", folderId)
        .map((row, context) -> Item.read(row))
        .list();
  }

  /**
   * The rows for which a condition on {@code i} holds; the condition is a constant of the caller.
   */
  public static List<Item> where(Handle handle, String condition, Object... arguments) {
    return handle
        .select("SELECT * FROM item i WHERE " + condition + " ORDER BY i.id", arguments)
        .map((row, context) -> Item.read(row))
        .list();
  }

  /** The object and all below it, parents first. */
  public static List<Item> subtree(Handle handle, Item top) {
    List<Item> found = new ArrayList<>();
    found.add(top);
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).kind() == ObjectKind.FOLDER) {
        found.addAll(children(handle, found.get(i).id()));
      }
    }
    return found;
  }

  /** The object and the folders above it, the root last. */
  public static List<Item> chain(Handle handle, Item bottom) {
    List<Item> found = new ArrayList<>();
    Optional<Item> next = Optional.of(bottom);
    while (next.isPresent()) {
      Item item = next.get();
      found.add(item);
      next = item.id() == ROOT ? Optional.empty() : find(handle, item.parentId());
    }
    return found;
  }

  public static Item insert(
      Change change,
      ObjectKind kind,
      long parentId,
      String title,
      String description,
      long ownerId,
      long nowMillis) {
    long id = change.nextId();
    Item item =
        new Item(
            id,
            kind,
            parentId,
            title,
            description,
            ownerId,
            UUID.randomUUID().toString(),
            nowMillis,
            nowMillis,
            null,
            "{}");
    change
        .handle()
        .execute(
            "INSERT INTO item (id, kind, parent_id, title, description, owner_id, uuid,"
                + " create_millis, change_millis, extra_keys) VALUES (?,?,?,?,?,?,?,?,?,?)",
            id,
            kind.name(),
            parentId,
            title,
            description,
            ownerId,
            item.uuid(),
            nowMillis,
            nowMillis,
            item.extraKeys());
    return item;
  }
}
