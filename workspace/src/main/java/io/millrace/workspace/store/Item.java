package io.millrace.workspace.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of the tree.
 *
 * @param id its number
 * @param kind folder or process
 * @param parentId the folder it stands in; -1 for the root
 * @param title for people
 * @param description for people
 * @param ownerId whose it is
 * @param uuid its UUID in export files
 * @param createMillis when it was made
 * @param changeMillis when it was last changed
 * @param deletedRoot null while it lives; in the trash: the object that was deleted and took it
 *     along
 * @param extraKeys members of the export file that this engine does not know; a JSON object
 */
public record Item(
    long id,
    ObjectKind kind,
    long parentId,
    String title,
    String description,
    long ownerId,
    String uuid,
    long createMillis,
    long changeMillis,
    @Nullable Long deletedRoot,
    String extraKeys) {

  public boolean isDeleted() {
    return deletedRoot != null;
  }

  static Item read(ResultSet row) throws SQLException {
    long deletedRoot = row.getLong("deleted_root");
    boolean deleted = !row.wasNull();
    return new Item(
        row.getLong("id"),
        ObjectKind.valueOf(row.getString("kind")),
        row.getLong("parent_id"),
        row.getString("title"),
        row.getString("description"),
        row.getLong("owner_id"),
        row.getString("uuid"),
        row.getLong("create_millis"),
        row.getLong("change_millis"),
        deleted ? deletedRoot : null,
        row.getString("extra_keys"));
  }
}
