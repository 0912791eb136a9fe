package io.millrace.workspace.people;

import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.WorkspaceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What users and keys have in common: reading either, status, rename, removal with an heir. */
public final class Principals {
  private static final String SELECT =
      "SELECT p.*, u.login AS user_login, k.login AS key_login, k.login_id, k.description,"
          + " k.owner_id, k.skew_check FROM principal p"
          + " LEFT JOIN person u ON u.principal_id = p.id"
          + " LEFT JOIN api_key k ON k.principal_id = p.id ";

  private final Database database;

  public Principals(Database database) {
    this.database = database;
  }

  public Optional<Principal> find(long id) {
    return database.read(handle -> find(handle, id));
  }

  static Optional<Principal> find(Handle handle, long id) {
    return handle.select(SELECT + "WHERE p.id = ?", id).map((row, context) -> read(row)).findOne();
  }

  /** A principal by its number, or a key by its numeric login. */
  public static Optional<Principal> findByEitherNumber(Handle handle, long number) {
    return find(handle, number)
        .or(() ->
            handle
                .select(SELECT + "WHERE k.login_id = ?", number)
                .map((row, context) -> read(row))
                .findOne());
  }

  static List<Principal> list(Handle handle) {
    return handle.select(SELECT + "ORDER BY p.id").map((row, context) -> read(row)).list();
  }

  static List<Principal> members(Handle handle, long groupId) {
    return handle
        .select(
            SELECT
                + "JOIN group_member m ON m.principal_id = p.id WHERE m.group_id = ? ORDER BY p.id",
            groupId)
        .map((row, context) -> read(row))
        .list();
  }

  static void insert(
      Change change, long id, String kind, String title, boolean administrator, long nowMillis) {
    change
        .handle()
        .execute(
            "INSERT INTO principal (id, kind, title, administrator, status, create_millis)"
                + " VALUES (?, ?, ?, ?, 'ACTIVE', ?)",
            id,
            kind,
            title,
            administrator,
            nowMillis);
    if (administrator) {
      allProcessesChanged(change);
    }
  }

  static void setStatus(Handle handle, long id, PrincipalStatus status) {
    handle.execute("UPDATE principal SET status = ? WHERE id = ?", status.name(), id);
    if (status == PrincipalStatus.BLOCKED) {
      handle.execute("DELETE FROM browser_session WHERE principal_id = ?", id);
    }
  }

  static void setAdministrator(Change change, long id, boolean administrator) {
    change
        .handle()
        .execute("UPDATE principal SET administrator = ? WHERE id = ?", administrator, id);
    allProcessesChanged(change);
  }

  static void setTitle(Handle handle, long id, String title) {
    handle.execute("UPDATE principal SET title = ? WHERE id = ?", title, id);
  }

  /** Removes a principal and all its grants; what it owned passes to the heir. */
  static void delete(Change change, long id, long heirId) {
    Handle handle = change.handle();
    if (id == heirId || find(handle, heirId).isEmpty()) {
      throw WorkspaceException.value("heir_id", heirId, "expected another, existing principal");
    }
    // Rights of the removed one may have reached anywhere: the engine hears of every process.
    allProcessesChanged(change);
    handle.execute("UPDATE item SET owner_id = ? WHERE owner_id = ?", heirId, id);
    handle.execute("UPDATE api_key SET owner_id = ? WHERE owner_id = ?", heirId, id);
    handle.execute("UPDATE principal_group SET owner_id = ? WHERE owner_id = ?", heirId, id);
    handle.execute("DELETE FROM access_grant WHERE grantee_id = ?", id);
    handle.execute("DELETE FROM principal WHERE id = ?", id);
  }

  static void allProcessesChanged(Change change) {
    change
        .handle()
        .createQuery("SELECT id FROM process ORDER BY id")
        .mapTo(Long.class)
        .forEach(change::processChanged);
  }

  private static Principal read(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    String title = row.getString("title");
    boolean administrator = row.getBoolean("administrator");
    PrincipalStatus status = PrincipalStatus.valueOf(row.getString("status"));
    long createMillis = row.getLong("create_millis");
    String userLogin = row.getString("user_login");
    if (userLogin != null) {
      return new User(id, userLogin, title, administrator, status, createMillis);
    }
    return new ApiKey(
        id,
        row.getLong("login_id"),
        row.getString("key_login"),
        title,
        row.getString("description"),
        row.getLong("owner_id"),
        administrator,
        row.getBoolean("skew_check"),
        status,
        createMillis);
  }
}
