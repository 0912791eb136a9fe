package io.millrace.workspace.rights;

import io.millrace.workspace.people.Group;
import io.millrace.workspace.people.Groups;
import io.millrace.workspace.people.Principal;
import io.millrace.workspace.people.Principals;
import io.millrace.workspace.store.Cached;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.WorkspaceException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Who may do what. Effective rights are served from memory and follow every change at once. */
public final class Rights {
  /** The installation itself as an actor: all rights; owns nothing. */
  public static final long SYSTEM = 0;

  private final Database database;
  private final Cached<Question, Set<Privilege>> effective;

  public Rights(Database database, InstantSource clock) {
    this.database = database;
    this.effective = new Cached<>(database, clock);
  }

  /** Own, granted and inherited rights; all for owners and administrators. */
  public Set<Privilege> effective(long principalId, long objectId) {
    return effective.get(
        new Question(principalId, objectId),
        q ->
            database.read(
                handle -> Set.copyOf(new Access(handle).effective(q.principalId(), q.objectId()))));
  }

  public boolean allows(long principalId, long objectId, Privilege privilege) {
    return effective(principalId, objectId).contains(privilege);
  }

  /** Refuses with ACCESS unless allowed, with NOT_FOUND when there is no such object. */
  public void require(long principalId, long objectId, Privilege privilege) {
    if (!allows(principalId, objectId, privilege)) {
      database.read(handle -> {
        Item item = find(handle, objectId);
        require(new Access(handle), principalId, item, privilege);
        return item;
      });
    }
  }

  /** As {@link #require(long, long, Privilege)}, within a transaction. */
  public static void require(Access access, long principalId, Item item, Privilege privilege) {
    if (!access.allows(principalId, item.id(), privilege)) {
      throw WorkspaceException.access(
          "principal "
              + principalId
              + " needs '"
              + privilege.wireName()
              + "' on "
              + item.kind().wireName()
              + " "
              + item.id());
    }
  }

  /** The grants on the object itself, without inherited ones. */
  public List<Grant> grants(long actorId, long objectId) {
    return database.read(handle -> {
      Item item = find(handle, objectId);
      require(new Access(handle), actorId, item, Privilege.VIEW);
      return handle
          .select(
              "SELECT grantee_id, privileges FROM access_grant WHERE item_id = ?"
                  + " ORDER BY grantee_id",
              objectId)
          .map((row, c) -> new Row(row.getLong(1), row.getInt(2)))
          .list()
          .stream()
          .flatMap(row -> grantee(handle, row.granteeId(), row.bits()).stream())
          .toList();
    });
  }

  /**
   * Replaces what a grantee has on an object; the empty set revokes. Only the owner and
   * administrators may. A key may be named by its numeric login, too.
   *
   * @return the grant as it is now
   */
  public Grant link(long actorId, long objectId, long granteeId, Set<Privilege> privileges) {
    return database.write(change -> {
      Handle handle = change.handle();
      Item item = find(handle, objectId);
      if (item.isDeleted()) {
        throw WorkspaceException.notFound(item.kind().wireName(), objectId);
      }
      requireOwner(new Access(handle), actorId, item);
      Grant grant =
          grantee(handle, granteeId, Bits.write(privileges))
              .orElseThrow(() -> WorkspaceException.notFound("user", granteeId));
      handle.execute(
          "DELETE FROM access_grant WHERE item_id = ? AND grantee_id = ?",
          objectId,
          grant.granteeId());
      if (!privileges.isEmpty()) {
        handle.execute(
            "INSERT INTO access_grant (item_id, grantee_id, privileges) VALUES (?, ?, ?)",
            objectId,
            grant.granteeId(),
            Bits.write(privileges));
      }
      processesBelowChanged(change, item);
      return grant;
    });
  }

  /** Every principal that may create tasks in a process. */
  public List<Long> taskUsers(long processId) {
    return database.read(handle -> List.copyOf(new Access(handle).creators(processId)));
  }

  /** The engine must hear of every process at or below this object. */
  public static void processesBelowChanged(Change change, Item top) {
    for (Item item : Items.subtree(change.handle(), top)) {
      if (item.kind() == ObjectKind.PROCESS) {
        change.processChanged(item.id());
      }
    }
  }

  private static Item find(Handle handle, long objectId) {
    return Items.find(handle, objectId)
        .orElseThrow(() -> WorkspaceException.notFound("object", objectId));
  }

  private static void requireOwner(Access access, long actorId, Item item) {
    // The owner of a folder counts as an owner of all below it.
    if (!access.isAdministrator(actorId) && !access.ownsAbove(actorId, item.id())) {
      throw WorkspaceException.access(
          "only the owner of " + item.kind().wireName() + " " + item.id() + " may share it");
    }
  }

  private static Optional<Grant> grantee(Handle handle, long granteeId, int bits) {
    Optional<Group> group = Groups.find(handle, granteeId);
    if (group.isPresent()) {
      return Optional.of(
          new Grant(group.get().id(), true, group.get().title(), "", Bits.read(bits)));
    }
    Optional<Principal> principal = Principals.findByEitherNumber(handle, granteeId);
    return principal.map(p -> new Grant(p.id(), false, p.title(), p.login(), Bits.read(bits)));
  }

  private record Question(long principalId, long objectId) {}

  private record Row(long granteeId, int bits) {}
}
