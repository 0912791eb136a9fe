package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.people.ApiKey;
import io.millrace.workspace.people.Group;
import io.millrace.workspace.people.KeyWithSecret;
import io.millrace.workspace.people.Principal;
import io.millrace.workspace.people.PrincipalStatus;
import io.millrace.workspace.people.User;
import io.millrace.workspace.rights.Privilege;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** API keys and the people and keys of the workspace. */
final class UserOps {
  private final Workspace workspace;
  private final Views views;

  UserOps(Workspace workspace, Views views) {
    this.workspace = workspace;
    this.views = views;
  }

  void addTo(Operations operations) {
    operations
        .add("user", "create", this::create)
        .add("user", "modify", this::modify)
        .add("user", "show", this::show)
        .add("user", "delete", this::delete)
        .add("user", "rotate", this::rotate)
        .add("company_users", "list", this::listCompany)
        .add("company_keys", "show", this::showKeys)
        .add("api_key", "show", this::showKeysOfProcess);
  }

  private ObjectNode create(Op op) {
    JsonNode logins = op.get("logins");
    boolean apiKey =
        logins instanceof ArrayNode list
            && list.size() == 1
            && list.get(0).path("type").asString("").equals("api");
    if (!apiKey) {
      throw logins == null ? OpException.required("logins") : OpException.value("logins", logins);
    }
    KeyWithSecret key =
        workspace
            .apiKeys()
            .create(op.user(), op.requiredText("title"), op.text("description").orElse(""));
    Optional<Long> group = op.number("group_id");
    group.ifPresent(id -> workspace.groups().addMember(id, key.key().id()));
    return withSecret(op, key, true);
  }

  /** A client's own extension: a new secret for the same login. */
  private ObjectNode rotate(Op op) {
    ApiKey key = ownKey(op);
    return withSecret(op, workspace.apiKeys().rotate(key.id()), false);
  }

  private static ObjectNode withSecret(Op op, KeyWithSecret key, boolean created) {
    ObjectNode answer = op.ok();
    ObjectNode user = answer.putArray("users").addObject();
    user.put("obj_id", key.key().id());
    user.put("created", created);
    user.put("title", key.key().title());
    user.putArray("logins")
        .addObject()
        .put("type", "api")
        .put("key", key.secret())
        .put("obj_id", key.key().loginId())
        .put("login", key.key().login());
    return answer;
  }

  /** The key of {@code obj_id} (either of its numbers), which the caller must own. */
  private ApiKey ownKey(Op op) {
    long id = op.requiredNumber("obj_id");
    ApiKey key = find(id).orElseThrow(() -> OpException.notFound("user", id));
    if (!op.caller().administrator() && key.ownerId() != op.user()) {
      throw OpException.accessDenied();
    }
    return key;
  }

  private Optional<ApiKey> find(long id) {
    return workspace
        .apiKeys()
        .find(id)
        .or(() -> workspace.apiKeys().findKeyByLogin(Long.toString(id)).map(KeyWithSecret::key));
  }

  private ObjectNode modify(Op op) {
    ApiKey key = ownKey(op);
    ApiKey changed =
        workspace
            .apiKeys()
            .modify(
                key.id(),
                op.text("title").orElse(key.title()),
                op.text("description").orElse(key.description()));
    // Our own member: switches the check of the clock for legacy clients.
    op.flag("skew_check").ifPresent(check -> workspace.apiKeys().setSkewCheck(key.id(), check));
    op.text("status")
        .ifPresent(status ->
            workspace
                .apiKeys()
                .setStatus(
                    key.id(),
                    status.equals("blocked") ? PrincipalStatus.BLOCKED : PrincipalStatus.ACTIVE));
    return op.ok().put("obj_id", changed.id()).put("title", changed.title());
  }

  private ObjectNode show(Op op) {
    long id = op.requiredNumber("obj_id");
    Optional<ApiKey> key = find(id);
    ObjectNode answer = op.ok();
    if (key.isPresent()) {
      answer.put("obj_id", key.get().id());
      answer.put("title", key.get().title());
      answer.put("description", key.get().description());
      answer.put("skew_check", key.get().skewCheck());
      views.putOwner(answer, key.get().ownerId());
      answer.set("logins", logins(op, key.get()));
      return answer;
    }
    User user = workspace.users().find(id).orElseThrow(() -> OpException.notFound("user", id));
    answer.put("obj_id", user.id());
    answer.put("title", user.title());
    answer.putArray("logins").addObject().put("type", "corezoid").put("login", user.login());
    answer.set("groups", groups(user.id()));
    return answer;
  }

  /** A key's login; its secret only for those who may use it anyway. */
  private ArrayNode logins(Op op, ApiKey key) {
    ArrayNode logins = Json.array();
    ObjectNode login = logins.addObject();
    boolean mayKnow =
        op.caller().administrator() || key.ownerId() == op.user() || key.id() == op.user();
    Optional<KeyWithSecret> secret =
        mayKnow ? workspace.apiKeys().reveal(key.id()) : Optional.empty();
    login.put("key", secret.map(KeyWithSecret::secret).orElse(null));
    login.put("obj_id", key.loginId());
    login.put("type", "api");
    login.put("login", key.login());
    return logins;
  }

  private ArrayNode groups(long principal) {
    ArrayNode groups = Json.array();
    for (Group group : workspace.groups().groupsOf(principal)) {
      ObjectNode entry = groups.addObject();
      entry.put("id", group.id());
      entry.put("name", group.title());
      entry.put("owner_id", group.ownerId());
      entry.put("owner_name", views.name(group.ownerId()));
      entry.put("is_owner", group.ownerId() == principal);
    }
    return groups;
  }

  private ObjectNode delete(Op op) {
    ApiKey key = ownKey(op);
    workspace.apiKeys().delete(key.id(), heir(op));
    return op.ok().put("obj_id", key.id()).put("company_id", views.companyId());
  }

  /** Who gets what a deleted key owned: the first administrator, as the owner of the workspace. */
  private long heir(Op op) {
    return workspace.users().list().stream()
        .filter(User::administrator)
        .map(User::id)
        .min(Comparator.naturalOrder())
        .orElse(op.user());
  }

  private ObjectNode listCompany(Op op) {
    String filter = op.text("filter").orElse("user");
    String name = op.text("name").orElse("").toLowerCase(Locale.ROOT);
    ObjectNode answer = op.ok();
    ArrayNode list = answer.putArray("list");
    switch (filter) {
      case "user", "shared" ->
          workspace.users().list().stream()
              .filter(user -> matches(user, name))
              .forEach(user -> list.add(user(user)));
      case "api_key" ->
          workspace.apiKeys().list().stream()
              .filter(key -> matches(key, name))
              .forEach(key -> list.add(key(op, key)));
      case "group" ->
          workspace.groups().list().stream()
              .filter(group -> group.title().toLowerCase(Locale.ROOT).contains(name))
              .forEach(group -> list.add(group(op, group)));
      default -> throw OpException.value("filter", op.get("filter"));
    }
    return answer;
  }

  private static boolean matches(Principal principal, String name) {
    return principal.title().toLowerCase(Locale.ROOT).contains(name);
  }

  private ObjectNode user(User user) {
    ObjectNode entry = Json.object();
    entry.put("obj_id", user.id());
    entry.put("title", user.title());
    entry.putArray("logins").addObject().put("type", "corezoid").put("login", user.login());
    entry.put("status", user.status().wireName());
    entry.put("is_login_locked", false);
    entry.put("is_superadmin", user.administrator());
    entry.set("groups", groups(user.id()));
    return entry;
  }

  private ObjectNode key(Op op, ApiKey key) {
    ObjectNode entry = Json.object();
    entry.put("obj_id", key.id());
    entry.put("title", key.title());
    entry.put("owner_id", key.ownerId());
    entry.put("status", key.status().wireName());
    entry.set("logins", logins(op, key));
    return entry;
  }

  private ObjectNode group(Op op, Group group) {
    ObjectNode entry = Json.object();
    entry.put("obj_id", group.id());
    entry.put("size", group.size());
    entry.put("title", group.title());
    entry.put("type", "admins");
    entry.put("create_time", group.createMillis() / 1000);
    views.putOwner(entry, group.ownerId());
    entry.put("is_owner", group.ownerId() == op.user());
    return entry;
  }

  /** The keys whose secrets the caller may know. */
  private ObjectNode showKeys(Op op) {
    ObjectNode answer = op.ok();
    ArrayNode list = answer.putArray("list");
    for (ApiKey key : workspace.apiKeys().list()) {
      if (op.caller().administrator() || key.ownerId() == op.user()) {
        ObjectNode entry = list.addObject();
        entry.put("obj", "user");
        entry.put("obj_id", key.id());
        entry.put("title", key.title());
        entry.put("api_login", key.loginId());
        entry.put(
            "api_key",
            workspace.apiKeys().reveal(key.id()).map(KeyWithSecret::secret).orElse(null));
      }
    }
    return answer;
  }

  /** The keys that may create tasks in a process. */
  private ObjectNode showKeysOfProcess(Op op) {
    long process = op.processOf("obj_id");
    workspace.rights().require(op.user(), process, Privilege.VIEW);
    ObjectNode answer = op.ok().put("obj_id", process);
    ArrayNode list = answer.putArray("list");
    for (long principal : workspace.rights().taskUsers(process)) {
      Optional<ApiKey> key = workspace.apiKeys().find(principal);
      if (key.isPresent()) {
        ObjectNode login = (ObjectNode) logins(op, key.get()).get(0);
        list.addObject()
            .put("title", key.get().title())
            .put("login", key.get().login())
            .put("login_id", key.get().loginId())
            .put("obj_id", key.get().id())
            .set("key", login.get("key"));
      }
    }
    return answer;
  }
}
