package io.millrace.workspace.people;

import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.Tokens;
import io.millrace.workspace.store.WorkspaceException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The people of the installation and their passwords. There is always an active administrator. */
public final class Users {
  private static final String ADMINISTRATOR_LOGIN = "admin";
  private static final String ADMINISTRATOR_TITLE = "Administrator";
  private static final int LOGIN_CHARACTERS_MAX = 255;
  private static final int GENERATED_PASSWORD_CHARACTERS = 20;

  private final Database database;
  private final Passwords passwords;
  private final InstantSource clock;

  Users(Database database, Passwords passwords, InstantSource clock) {
    this.database = database;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * Creates the first administrator ({@code admin}) when there is no user yet.
   *
   * @param password the password, or null to generate one
   * @return the password in plain, once; empty when users existed already
   */
  public Optional<String> bootstrapAdministrator(@Nullable String password) {
    if (!list().isEmpty()) {
      return Optional.empty();
    }
    String plain = password == null ? Tokens.alphanumeric(GENERATED_PASSWORD_CHARACTERS) : password;
    Passwords.check(plain);
    String hash = passwords.hash(plain);
    return database.write(change -> {
      if (!users(change.handle()).isEmpty()) {
        return Optional.empty();
      }
      insert(change, ADMINISTRATOR_LOGIN, ADMINISTRATOR_TITLE, hash, true);
      return Optional.of(plain);
    });
  }

  public User create(String login, String title, String password, boolean administrator) {
    String name = loginName(login);
    Limits.title(title);
    Passwords.check(password);
    String hash = passwords.hash(password);
    return database.write(change -> {
      if (findByLogin(change.handle(), name).isPresent()) {
        throw WorkspaceException.duplicate("login", name);
      }
      return insert(change, name, title, hash, administrator);
    });
  }

  public User rename(long userId, String title) {
    Limits.title(title);
    return edit(userId, (change, user) -> Principals.setTitle(change.handle(), userId, title));
  }

  /** Sets a new password and ends all sessions of the user. */
  public void changePassword(long userId, String password) {
    Passwords.check(password);
    String hash = passwords.hash(password);
    edit(
        userId,
        (change, user) -> {
          Handle handle = change.handle();
          handle.execute(
              "UPDATE person SET password_hash = ? WHERE principal_id = ?", hash, userId);
          handle.execute("DELETE FROM browser_session WHERE principal_id = ?", userId);
        });
  }

  /** Blocks or unblocks; blocking ends all sessions of the user. */
  public User setStatus(long userId, PrincipalStatus status) {
    return edit(
        userId,
        (change, user) -> {
          Principals.setStatus(change.handle(), userId, status);
          requireAdministrator(change.handle());
        });
  }

  public User setAdministrator(long userId, boolean administrator) {
    return edit(
        userId,
        (change, user) -> {
          Principals.setAdministrator(change, userId, administrator);
          requireAdministrator(change.handle());
        });
  }

  /** Removes a user; what they owned passes to {@code heirId}. */
  public void delete(long userId, long heirId) {
    database.write(change -> {
      get(change.handle(), userId);
      Principals.delete(change, userId, heirId);
      requireAdministrator(change.handle());
      return userId;
    });
  }

  public List<User> list() {
    return database.read(Users::users);
  }

  public Optional<User> find(long userId) {
    return database.read(handle -> find(handle, userId));
  }

  public Optional<User> findByLogin(String login) {
    return database.read(handle -> findByLogin(handle, login.toLowerCase(Locale.ROOT)));
  }

  static Optional<User> find(Handle handle, long userId) {
    return Principals.find(handle, userId)
        .flatMap(p -> p instanceof User user ? Optional.of(user) : Optional.empty());
  }

  static Optional<User> findByLogin(Handle handle, String login) {
    return handle
        .select("SELECT principal_id FROM person WHERE login = ?", login)
        .mapTo(Long.class)
        .findOne()
        .flatMap(id -> find(handle, id));
  }

  private static List<User> users(Handle handle) {
    return Principals.list(handle).stream()
        .filter(User.class::isInstance)
        .map(User.class::cast)
        .toList();
  }

  private static User get(Handle handle, long userId) {
    return find(handle, userId).orElseThrow(() -> WorkspaceException.notFound("user", userId));
  }

  private User edit(long userId, BiConsumer<Change, User> work) {
    return database.write(change -> {
      work.accept(change, get(change.handle(), userId));
      return get(change.handle(), userId);
    });
  }

  private User insert(
      Change change, String login, String title, String hash, boolean administrator) {
    long id = change.nextId();
    Principals.insert(change, id, "user", title, administrator, clock.millis());
    change
        .handle()
        .execute(
            "INSERT INTO person (principal_id, login, password_hash) VALUES (?, ?, ?)",
            id,
            login,
            hash);
    return get(change.handle(), id);
  }

  private static void requireAdministrator(Handle handle) {
    boolean present =
        users(handle).stream()
            .anyMatch(u -> u.administrator() && u.status() == PrincipalStatus.ACTIVE);
    if (!present) {
      throw WorkspaceException.access("the last active administrator must stay one");
    }
  }

  private static String loginName(@Nullable String login) {
    if (login == null) {
      throw WorkspaceException.required("login");
    }
    String name = login.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      throw WorkspaceException.tooShort("login", login, 1);
    }
    return Limits.text("login", name, LOGIN_CHARACTERS_MAX);
  }
}
