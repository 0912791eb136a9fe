package io.millrace.workspace.folder;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.rights.Access;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.ObjectKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Builds the items of one answer, for one caller, in one transaction. */
final class Listing {
  private static final int RECENT_MAX = 100;

  private final Handle handle;
  private final Access access;
  private final long actorId;
  private final Map<Long, String[]> owners = new HashMap<>();

  Listing(Handle handle, Access access, long actorId) {
    this.handle = handle;
    this.access = access;
    this.actorId = actorId;
  }

  List<FolderItem> items(long folderId, FolderFilter filter, FolderSort sort, boolean descending) {
    List<FolderItem> items =
        switch (filter) {
          case ALL -> visible(living(Items.children(handle, folderId)));
          case FOLDERS -> visible(children(folderId, ObjectKind.FOLDER));
          case PROCESSES -> visible(children(folderId, ObjectKind.PROCESS));
          case MINE -> visible(query("i.owner_id = ? AND i.deleted_root IS NULL", actorId));
          case SHARED ->
              visible(
                  query(
                      "i.deleted_root IS NULL AND EXISTS (SELECT 1 FROM access_grant g"
                          + " WHERE g.item_id = i.id AND (g.grantee_id = ? OR g.grantee_id IN"
                          + " (SELECT m.group_id FROM group_member m WHERE m.principal_id = ?)))",
                      actorId,
                      actorId));
          case FAVORITES ->
              visible(
                  query(
                      "i.deleted_root IS NULL AND EXISTS (SELECT 1 FROM favorite f"
                          + " WHERE f.item_id = i.id AND f.principal_id = ?)",
                      actorId));
          case RECENT -> recent();
          case DELETED -> visible(query("i.deleted_root = i.id"));
        };
    return filter == FolderFilter.RECENT
        ? items
        : items.stream().sorted(order(sort, descending)).toList();
  }

  /** Those that the caller may see, in the given order. */
  List<FolderItem> visible(List<Item> items) {
    access.know(items);
    return all(items.stream().filter(i -> access.allows(actorId, i.id(), Privilege.VIEW)).toList());
  }

  FolderItem one(Item item) {
    return all(List.of(item)).getFirst();
  }

  List<FolderItem> all(List<Item> items) {
    Set<Long> favorites =
        new HashSet<>(
            handle
                .select("SELECT item_id FROM favorite WHERE principal_id = ?", actorId)
                .mapTo(Long.class)
                .list());
    return items.stream().map(item -> build(item, favorites.contains(item.id()))).toList();
  }

  private FolderItem build(Item item, boolean favorite) {
    Optional<ProcessPart> process =
        item.kind() == ObjectKind.PROCESS ? processPart(item) : Optional.empty();
    String[] owner = owners.computeIfAbsent(item.ownerId(), this::owner);
    return new FolderItem(
        item.id(),
        item.kind(),
        Math.max(item.parentId(), Items.ROOT),
        item.title(),
        item.description(),
        item.ownerId(),
        owner[0],
        owner[1],
        item.ownerId() == actorId,
        count("SELECT COUNT(*) FROM access_grant WHERE item_id = ?", item.id()) > 0,
        favorite,
        access.effective(actorId, item.id()),
        item.createMillis(),
        item.changeMillis(),
        item.kind() == ObjectKind.FOLDER
            ? count(
                "SELECT COUNT(*) FROM item WHERE parent_id = ? AND deleted_root IS NULL", item.id())
            : 0,
        process.map(ProcessPart::nodeCount).orElse(0),
        process.map(ProcessPart::stateDiagram).orElse(false),
        process.map(p -> item.isDeleted() ? ProcessStatus.DELETED : p.status()).orElse(null),
        process.map(ProcessPart::deployed).orElse(false),
        process.flatMap(p -> draftVersion(item.id())).orElse(null));
  }

  private Optional<ProcessPart> processPart(Item item) {
    return handle
        .select(
            "SELECT state_diagram, status, node_count, nodes IS NOT NULL FROM process"
                + " WHERE id = ?",
            item.id())
        .map((row, context) ->
            new ProcessPart(
                row.getBoolean(1),
                ProcessStatus.valueOf(row.getString(2)),
                row.getInt(3),
                row.getBoolean(4)))
        .findOne();
  }

  private Optional<Long> draftVersion(long processId) {
    return handle
        .select("SELECT version FROM draft WHERE process_id = ? ORDER BY version DESC", processId)
        .mapTo(Long.class)
        .findFirst();
  }

  private String[] owner(long ownerId) {
    return handle
        .select(
            "SELECT p.title, u.login, k.login FROM principal p"
                + " LEFT JOIN person u ON u.principal_id = p.id"
                + " LEFT JOIN api_key k ON k.principal_id = p.id WHERE p.id = ?",
            ownerId)
        .map((row, context) -> {
          String login = row.getString(2);
          return new String[] {row.getString(1), login == null ? row.getString(3) : login};
        })
        .findOne()
        .orElse(new String[] {"", ""});
  }

  private int count(String sql, long id) {
    return handle.select(sql, id).mapTo(Integer.class).one();
  }

  private List<Item> children(long folderId, ObjectKind kind) {
    return living(Items.children(handle, folderId)).stream()
        .filter(item -> item.kind() == kind)
        .toList();
  }

  private List<FolderItem> recent() {
    List<Item> newest =
        query("i.id <> 0 AND i.deleted_root IS NULL").stream()
            .sorted(Comparator.comparingLong(Item::changeMillis).reversed())
            .filter(i -> access.allows(actorId, i.id(), Privilege.VIEW))
            .limit(RECENT_MAX)
            .toList();
    return all(newest);
  }

  private List<Item> query(String condition, Object... arguments) {
    return Items.where(handle, condition, arguments);
  }

  private static List<Item> living(List<Item> items) {
    return items.stream().filter(item -> !item.isDeleted()).toList();
  }

  private static Comparator<FolderItem> order(FolderSort sort, boolean descending) {
    Comparator<FolderItem> byTitle =
        Comparator.comparing(FolderItem::title, String.CASE_INSENSITIVE_ORDER);
    Comparator<FolderItem> wanted =
        switch (sort) {
          case TITLE -> byTitle;
          case OWNER ->
              Comparator.comparing(FolderItem::ownerTitle, String.CASE_INSENSITIVE_ORDER)
                  .thenComparing(byTitle);
          case DATE -> Comparator.comparingLong(FolderItem::changeMillis);
        };
    return Comparator.comparing(FolderItem::kind)
        .thenComparing(descending ? wanted.reversed() : wanted)
        .thenComparingLong(FolderItem::id);
  }

  private record ProcessPart(
      boolean stateDiagram, ProcessStatus status, int nodeCount, boolean deployed) {}
}
