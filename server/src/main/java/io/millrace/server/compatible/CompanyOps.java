package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.people.Principal;
import io.millrace.workspace.people.User;
import io.millrace.workspace.version.ProcessInfo;
import io.millrace.workspace.version.Statuses;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The installation as its clients see it: its one company, its settings, search over everything.
 */
final class CompanyOps {
  private static final int FOUND_MAX = 200;

  private final Workspace workspace;
  private final Views views;
  private final String companyTitle;
  private final int timerMinimumSeconds;

  CompanyOps(Workspace workspace, Views views, String companyTitle, int timerMinimumSeconds) {
    this.workspace = workspace;
    this.views = views;
    this.companyTitle = companyTitle;
    this.timerMinimumSeconds = timerMinimumSeconds;
  }

  void addTo(Operations operations) {
    operations
        .add("company", "list", this::list)
        .add("conf", "show", this::conf)
        .add("objs", "list", this::search);
  }

  private ObjectNode list(Op op) {
    Optional<User> owner =
        workspace.users().list().stream().filter(User::administrator).findFirst();
    ObjectNode answer = op.ok();
    answer
        .putArray("list")
        .addObject()
        .put("company_id", views.companyId())
        .put("title", companyTitle)
        .put("description", "")
        .put("status", "actived")
        .put("owner_user_id", owner.map(User::id).orElse(0L))
        .put("create_time", owner.map(user -> user.createMillis() / 1000).orElse(0L))
        .put("childs", 0)
        .put("is_owner", owner.isPresent() && owner.get().id() == op.user())
        .put("is_admin", op.caller().administrator())
        .put("user_status", "actived");
    return answer;
  }

  private ObjectNode conf(Op op) {
    ObjectNode answer = op.ok();
    switch (op.requiredText("obj_type")) {
      case "timer" -> answer.put("min_value", timerMinimumSeconds);
      case "ui" -> {
        answer.put("box_solution", true);
        answer.putArray("type_logins").add("api").add("corezoid");
      }
      default -> throw OpException.value("obj_type", op.get("obj_type"));
    }
    return answer;
  }

  private ObjectNode search(Op op) {
    String pattern = op.requiredText("pattern").toLowerCase(Locale.ROOT);
    int limit = op.intWithin("limit", 20, 1, FOUND_MAX);
    ObjectNode answer = op.ok();
    ArrayNode list = answer.putArray("list");
    switch (op.text("filter").orElse("conv")) {
      case "conv" -> addProcesses(op, pattern, limit, list);
      case "user" -> addPrincipals(op, pattern, limit, list);
      case "company" -> {
        if (companyTitle.toLowerCase(Locale.ROOT).contains(pattern)) {
          list.addObject()
              .put("obj_type", "company")
              .put("obj_id", views.companyId())
              .put("title", companyTitle)
              .put("status", 1);
        }
      }
      default -> throw OpException.value("filter", op.get("filter"));
    }
    return answer;
  }

  private void addProcesses(Op op, String pattern, int limit, ArrayNode list) {
    boolean onlyOwn = op.flag("only_owner").orElse(false);
    for (ProcessInfo info : workspace.processes().search(op.user(), pattern, null, limit)) {
      if (!onlyOwn || info.ownerId() == op.user()) {
        ObjectNode entry = Json.object();
        entry.put("obj_type", "conv").put("obj_id", info.id()).put("title", info.title());
        entry.put("folder_id", info.folderId());
        entry.put("status", Statuses.number(info.status()));
        entry.put("conv_type", Views.conveyorType(info.stateDiagram()));
        list.add(entry);
      }
    }
  }

  private void addPrincipals(Op op, String pattern, int limit, ArrayNode list) {
    String type = op.text("user_type").orElse("");
    if (!type.equals("api")) {
      workspace.users().list().forEach(user -> addPrincipal(user, "user", pattern, limit, list));
    }
    if (!type.equals("user")) {
      workspace.apiKeys().list().forEach(key -> addPrincipal(key, "api", pattern, limit, list));
    }
  }

  private static void addPrincipal(
      Principal principal, String type, String pattern, int limit, ArrayNode list) {
    boolean matches =
        principal.title().toLowerCase(Locale.ROOT).contains(pattern)
            || principal.login().toLowerCase(Locale.ROOT).contains(pattern);
    if (matches && list.size() < limit) {
      list.addObject()
          .put("obj_type", "user")
          .put("user_type", type)
          .put("obj_id", principal.id())
          .put("title", principal.title())
          .put("login", principal.login())
          .put("status", 1);
    }
  }
}
