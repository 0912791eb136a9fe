package io.millrace.server.compatible;

import io.millrace.workspace.Workspace;
import io.millrace.workspace.people.ApiKey;
import io.millrace.workspace.people.Group;
import io.millrace.workspace.people.KeyWithSecret;
import io.millrace.workspace.people.Principal;
import io.millrace.workspace.people.User;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Groups of people and keys, for sharing with many at once. */
final class GroupOps {
  private final Workspace workspace;
  private final Views views;

  GroupOps(Workspace workspace, Views views) {
    this.workspace = workspace;
    this.views = views;
  }

  void addTo(Operations operations) {
    operations
        .add("group", "create", this::create)
        .add("group", "modify", this::modify)
        .add("group", "list", this::list)
        .add("group", "delete", this::delete)
        .add("user", "link", this::linkUser);
  }

  private ObjectNode create(Op op) {
    Group group =
        workspace
            .groups()
            .create(op.user(), op.requiredText("title"), op.text("description").orElse(""));
    return op.ok().put("obj_id", group.id());
  }

  private Group own(Op op, String member) {
    long id = op.requiredNumber(member);
    Group group = workspace.groups().find(id).orElseThrow(() -> OpException.notFound("group", id));
    if (!op.caller().administrator() && group.ownerId() != op.user()) {
      throw OpException.accessDenied();
    }
    return group;
  }

  private ObjectNode modify(Op op) {
    Group group = own(op, "obj_id");
    workspace
        .groups()
        .modify(
            group.id(),
            op.text("title").orElse(group.title()),
            op.text("description").orElse(group.description()));
    return op.ok().put("obj_id", group.id());
  }

  private ObjectNode list(Op op) {
    Group group = own(op, "obj_id");
    if (!op.text("list_obj").orElse("user").equals("user")) {
      throw OpException.value("list_obj", op.get("list_obj"));
    }
    ObjectNode answer = op.ok().put("obj_id", group.id());
    views.putOwner(answer, group.ownerId());
    ArrayNode list = answer.putArray("list");
    for (Principal member : workspace.groups().members(group.id())) {
      ObjectNode entry = list.addObject();
      entry.put("obj", "user").put("obj_id", member.id()).put("title", member.title());
      entry.putArray("logins").addObject().put("type", type(member)).put("login", member.login());
    }
    return answer;
  }

  private static String type(Principal principal) {
    return switch (principal) {
      case User user -> "corezoid";
      case ApiKey key -> "api";
    };
  }

  private ObjectNode delete(Op op) {
    Group group = own(op, "obj_id");
    workspace.groups().delete(group.id());
    return op.ok().put("obj_id", group.id());
  }

  /** {@code level} 1 adds, anything else removes. */
  private ObjectNode linkUser(Op op) {
    Group group = own(op, "group_id");
    long given = op.requiredNumber("obj_id");
    // Clients may name a key by its login number instead of its own.
    Principal member =
        workspace
            .principal(given)
            .or(() ->
                workspace.apiKeys().findKeyByLogin(Long.toString(given)).map(KeyWithSecret::key))
            .orElseThrow(() -> OpException.notFound("user", given));
    if (op.number("level").orElse(0L) == 1) {
      workspace.groups().addMember(group.id(), member.id());
    } else {
      workspace.groups().removeMember(group.id(), member.id());
    }
    ObjectNode answer = op.ok().put("obj_id", member.id());
    answer.putArray("logins").addObject().put("type", type(member)).put("login", member.login());
    return answer;
  }
}
