package io.millrace.workspace.secret;

import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Named values that are stored encrypted, for other modules (channel credentials and the like). */
public final class Secrets {
  private static final String CHECK_NAME = "$check";
  private static final int NAME_CHARACTERS_MAX = 255;
  private static final int VALUE_CHARACTERS_MAX = 100_000;

  private final Database database;
  private final Sealer sealer;

  public Secrets(Database database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  /** Makes sure that the key is the one this database was made with, before anything uses it. */
  public void checkKey() {
    if (get(CHECK_NAME).isEmpty()) {
      put(CHECK_NAME, "ok");
    }
  }

  public void put(String name, String plain) {
    Limits.text("name", name, NAME_CHARACTERS_MAX);
    if (plain.length() > VALUE_CHARACTERS_MAX) {
      throw WorkspaceException.tooLong(name, null, VALUE_CHARACTERS_MAX);
    }
    String sealed = sealer.seal(plain, purpose(name));
    database.write(change -> {
      delete(change.handle(), name);
      return change
          .handle()
          .execute("INSERT INTO secret (name, sealed) VALUES (?, ?)", name, sealed);
    });
  }

  public Optional<String> get(String name) {
    return database
        .read(handle ->
            handle
                .select("SELECT sealed FROM secret WHERE name = ?", name)
                .mapTo(String.class)
                .findOne())
        .map(sealed -> sealer.open(sealed, purpose(name)));
  }

  public boolean remove(String name) {
    return database.write(change -> delete(change.handle(), name)) > 0;
  }

  private static int delete(Handle handle, String name) {
    return handle.execute("DELETE FROM secret WHERE name = ?", name);
  }

  private static String purpose(String name) {
    return "secret " + name;
  }
}
