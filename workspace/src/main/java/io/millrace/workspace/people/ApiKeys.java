package io.millrace.workspace.people;

import io.millrace.workspace.secret.Sealer;
import io.millrace.workspace.store.Cached;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.Tokens;
import io.millrace.workspace.store.WorkspaceException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The API keys; secrets are stored encrypted and come out only through {@link KeyWithSecret}. */
public final class ApiKeys {
  private static final int SECRET_CHARACTERS = 48;
  private static final int LOGIN_BYTES = 12;
  private static final String AUTOMATION_TITLE = "Automation";
  private static final Pattern GIVEN_SECRET = Pattern.compile("[A-Za-z0-9]{16,200}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern HEX_LOGIN = Pattern.compile("[0-9a-f]{24}");

  private final Database database;
  private final Sealer sealer;
  private final InstantSource clock;
  private final Cached<String, Optional<KeyWithSecret>> byLogin;

  ApiKeys(Database database, Sealer sealer, InstantSource clock) {
    this.database = database;
    this.sealer = sealer;
    this.clock = clock;
    this.byLogin = new Cached<>(database, clock);
  }

  /** Makes a key with a random secret; it has no rights but its own objects. */
  public KeyWithSecret create(long ownerId, String title, String description) {
    Limits.title(title);
    Limits.description(description);
    String secret = Tokens.alphanumeric(SECRET_CHARACTERS);
    return database.write(change -> {
      long loginId = change.nextId();
      ApiKey key = insert(change, loginId, secret, ownerId, title, description, false);
      return new KeyWithSecret(key, secret);
    });
  }

  /**
   * Makes sure that a key with this numeric login and secret exists, with administrator rights: for
   * automation that sets both before the first start.
   */
  public ApiKey ensureApiKey(long loginId, String secret) {
    if (loginId <= 0) {
      throw WorkspaceException.value("login", loginId, "expected a positive number");
    }
    if (!GIVEN_SECRET.matcher(secret).matches()) {
      throw WorkspaceException.value("secret", null, "expected 16 to 200 letters and digits");
    }
    return database.write(change -> {
      Optional<ApiKey> present = findByLoginId(change.handle(), loginId);
      if (present.isEmpty()) {
        requireFree(change.handle(), loginId);
        return insert(change, loginId, secret, 0, AUTOMATION_TITLE, "", true);
      }
      ApiKey key = present.get();
      store(change.handle(), key.id(), secret);
      if (!key.administrator()) {
        Principals.setAdministrator(change, key.id(), true);
      }
      return get(change.handle(), key.id());
    });
  }

  public ApiKey modify(long keyId, String title, String description) {
    Limits.title(title);
    String text = Limits.description(description);
    return edit(
        keyId,
        change -> {
          Principals.setTitle(change.handle(), keyId, title);
          change
              .handle()
              .execute("UPDATE api_key SET description = ? WHERE principal_id = ?", text, keyId);
        });
  }

  public ApiKey setSkewCheck(long keyId, boolean skewCheck) {
    return edit(
        keyId,
        change ->
            change
                .handle()
                .execute(
                    "UPDATE api_key SET skew_check = ? WHERE principal_id = ?", skewCheck, keyId));
  }

  public ApiKey setStatus(long keyId, PrincipalStatus status) {
    return edit(keyId, change -> Principals.setStatus(change.handle(), keyId, status));
  }

  public ApiKey setAdministrator(long keyId, boolean administrator) {
    return edit(keyId, change -> Principals.setAdministrator(change, keyId, administrator));
  }

  /** Replaces the secret; the old one stops working at once. */
  public KeyWithSecret rotate(long keyId) {
    String secret = Tokens.alphanumeric(SECRET_CHARACTERS);
    ApiKey key = edit(keyId, change -> store(change.handle(), keyId, secret));
    return new KeyWithSecret(key, secret);
  }

  /** Removes a key; what it owned passes to {@code heirId}. */
  public void delete(long keyId, long heirId) {
    database.write(change -> {
      get(change.handle(), keyId);
      Principals.delete(change, keyId, heirId);
      return keyId;
    });
  }

  public List<ApiKey> list() {
    return database.read(handle ->
        Principals.list(handle).stream()
            .filter(ApiKey.class::isInstance)
            .map(ApiKey.class::cast)
            .toList());
  }

  public Optional<ApiKey> find(long keyId) {
    return database.read(handle -> find(handle, keyId));
  }

  /** Numeric login, 24 hexadecimal digits, or principal id. Served from memory. */
  public Optional<KeyWithSecret> findKeyByLogin(String login) {
    // Checked first, so that invented logins neither reach the database nor fill the memory much.
    if (!NUMBER.matcher(login).matches() && !HEX_LOGIN.matcher(login).matches()) {
      return Optional.empty();
    }
    return byLogin.get(login, text -> database.read(handle -> load(handle, text)));
  }

  /** The key with its secret, for showing it to its owner. */
  public Optional<KeyWithSecret> reveal(long keyId) {
    return database.read(handle -> find(handle, keyId).map(key -> withSecret(handle, key)));
  }

  private Optional<KeyWithSecret> load(Handle handle, String login) {
    Optional<ApiKey> key =
        handle
            .select("SELECT principal_id FROM api_key WHERE login = ?", login)
            .mapTo(Long.class)
            .findOne()
            .flatMap(id -> find(handle, id));
    if (key.isEmpty() && NUMBER.matcher(login).matches()) {
      long number = Long.parseLong(login);
      key = findByLoginId(handle, number).or(() -> find(handle, number));
    }
    return key.map(found -> withSecret(handle, found));
  }

  private KeyWithSecret withSecret(Handle handle, ApiKey key) {
    String sealed =
        handle
            .select("SELECT sealed_secret FROM api_key WHERE principal_id = ?", key.id())
            .mapTo(String.class)
            .one();
    return new KeyWithSecret(key, sealer.open(sealed, purpose(key.id())));
  }

  private static Optional<ApiKey> findByLoginId(Handle handle, long loginId) {
    return handle
        .select("SELECT principal_id FROM api_key WHERE login_id = ?", loginId)
        .mapTo(Long.class)
        .findOne()
        .flatMap(id -> find(handle, id));
  }

  private static Optional<ApiKey> find(Handle handle, long keyId) {
    return Principals.find(handle, keyId)
        .flatMap(p -> p instanceof ApiKey key ? Optional.of(key) : Optional.empty());
  }

  private static ApiKey get(Handle handle, long keyId) {
    return find(handle, keyId).orElseThrow(() -> WorkspaceException.notFound("user", keyId));
  }

  /** A login given from outside must not be the number of another principal. */
  private static void requireFree(Handle handle, long loginId) {
    if (Principals.find(handle, loginId).isPresent()) {
      throw WorkspaceException.duplicate("login", loginId);
    }
  }

  private ApiKey insert(
      Change change,
      long loginId,
      String secret,
      long ownerId,
      String title,
      String description,
      boolean administrator) {
    long id = change.nextId();
    while (id == loginId || findByLoginId(change.handle(), id).isPresent()) {
      id = change.nextId();
    }
    Principals.insert(change, id, "key", title, administrator, clock.millis());
    change
        .handle()
        .execute(
            "INSERT INTO api_key (principal_id, login_id, login, description, owner_id, skew_check,"
                + " sealed_secret) VALUES (?, ?, ?, ?, ?, TRUE, ?)",
            id,
            loginId,
            Tokens.hex(LOGIN_BYTES),
            description,
            ownerId,
            sealer.seal(secret, purpose(id)));
    return get(change.handle(), id);
  }

  private void store(Handle handle, long keyId, String secret) {
    handle.execute(
        "UPDATE api_key SET sealed_secret = ? WHERE principal_id = ?",
        sealer.seal(secret, purpose(keyId)),
        keyId);
  }

  private ApiKey edit(long keyId, Consumer<Change> work) {
    return database.write(change -> {
      get(change.handle(), keyId);
      work.accept(change);
      return get(change.handle(), keyId);
    });
  }

  private static String purpose(long keyId) {
    return "secret of API key " + keyId;
  }
}
