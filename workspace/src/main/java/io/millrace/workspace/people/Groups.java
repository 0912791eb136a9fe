package io.millrace.workspace.people;

import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Groups of principals; membership counts for rights at once. */
public final class Groups {
  private static final String SELECT =
      "SELECT g.*, (SELECT COUNT(*) FROM group_member m WHERE m.group_id = g.id) AS size_now"
          + " FROM principal_group g ";

  private final Database database;
  private final InstantSource clock;

  Groups(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  public Group create(long ownerId, String title, String description) {
    Limits.title(title);
    String text = Limits.description(description);
    return database.write(change -> {
      long id = change.nextId();
      change
          .handle()
          .execute(
              "INSERT INTO principal_group (id, title, description, owner_id, create_millis)"
                  + " VALUES (?, ?, ?, ?, ?)",
              id,
              title,
              text,
              ownerId,
              clock.millis());
      return get(change.handle(), id);
    });
  }

  public Group modify(long groupId, String title, String description) {
    Limits.title(title);
    String text = Limits.description(description);
    return database.write(change -> {
      get(change.handle(), groupId);
      change
          .handle()
          .execute(
              "UPDATE principal_group SET title = ?, description = ? WHERE id = ?",
              title,
              text,
              groupId);
      return get(change.handle(), groupId);
    });
  }

  /** Removes a group with its grants. */
  public void delete(long groupId) {
    database.write(change -> {
      get(change.handle(), groupId);
      rightsChanged(change, groupId);
      change.handle().execute("DELETE FROM access_grant WHERE grantee_id = ?", groupId);
      change.handle().execute("DELETE FROM principal_group WHERE id = ?", groupId);
      return groupId;
    });
  }

  public List<Group> list() {
    return database.read(
        handle -> handle.select(SELECT + "ORDER BY g.id").map((row, c) -> read(row)).list());
  }

  public Optional<Group> find(long groupId) {
    return database.read(handle -> find(handle, groupId));
  }

  public void addMember(long groupId, long principalId) {
    database.write(change -> {
      Handle handle = change.handle();
      get(handle, groupId);
      long memberId = member(handle, principalId);
      remove(handle, groupId, memberId);
      handle.execute(
          "INSERT INTO group_member (group_id, principal_id) VALUES (?, ?)", groupId, memberId);
      rightsChanged(change, groupId);
      return memberId;
    });
  }

  public void removeMember(long groupId, long principalId) {
    database.write(change -> {
      get(change.handle(), groupId);
      remove(change.handle(), groupId, member(change.handle(), principalId));
      rightsChanged(change, groupId);
      return groupId;
    });
  }

  public List<Principal> members(long groupId) {
    return database.read(handle -> {
      get(handle, groupId);
      return Principals.members(handle, groupId);
    });
  }

  public List<Group> groupsOf(long principalId) {
    return database.read(handle ->
        handle
            .select(
                SELECT
                    + "JOIN group_member m ON m.group_id = g.id"
                    + " WHERE m.principal_id = ? ORDER BY g.id",
                principalId)
            .map((row, context) -> read(row))
            .list());
  }

  public static Optional<Group> find(Handle handle, long groupId) {
    return handle
        .select(SELECT + "WHERE g.id = ?", groupId)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Group get(Handle handle, long groupId) {
    return find(handle, groupId).orElseThrow(() -> WorkspaceException.notFound("group", groupId));
  }

  private static long member(Handle handle, long principalId) {
    return Principals.findByEitherNumber(handle, principalId)
        .orElseThrow(() -> WorkspaceException.notFound("user", principalId))
        .id();
  }

  private static void remove(Handle handle, long groupId, long principalId) {
    handle.execute(
        "DELETE FROM group_member WHERE group_id = ? AND principal_id = ?", groupId, principalId);
  }

  /** The engine keeps the users of each process: it must hear when a granted group changes. */
  private static void rightsChanged(Change change, long groupId) {
    boolean granted =
        change
                .handle()
                .select("SELECT COUNT(*) FROM access_grant WHERE grantee_id = ?", groupId)
                .mapTo(Integer.class)
                .one()
            > 0;
    if (granted) {
      Principals.allProcessesChanged(change);
    }
  }

  private static Group read(ResultSet row) throws SQLException {
    return new Group(
        row.getLong("id"),
        row.getString("title"),
        row.getString("description"),
        row.getLong("owner_id"),
        row.getInt("size_now"),
        row.getLong("create_millis"));
  }
}
