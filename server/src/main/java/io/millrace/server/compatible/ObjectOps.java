package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.folder.Move;
import io.millrace.workspace.rights.Grant;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.ObjectKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What folders and processes have in common: sharing, moving, favourites, trash. */
final class ObjectOps {
  private final Workspace workspace;

  ObjectOps(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Operations operations) {
    for (String object : new String[] {"conv", "folder"}) {
      operations
          .add(object, "link", this::link)
          .add(object, "favorite", this::favorite)
          .add(object, "delete", this::delete)
          .add(object, "restore", this::restore)
          .add(object, "destroy", this::destroy);
    }
  }

  /** A target folder makes it a move, anything else is sharing. */
  private ObjectNode link(Op op) {
    return op.has("folder_id") && !op.has("obj_to") ? move(op) : share(op);
  }

  private ObjectNode share(Op op) {
    long object = op.processOf("obj_id");
    String to = op.text("obj_to").orElse("user");
    if (!to.equals("user") && !to.equals("group")) {
      throw OpException.value("obj_to", op.get("obj_to"));
    }
    long grantee = op.requiredNumber("obj_to_id");
    Set<Privilege> privileges = privileges(op);
    Grant grant = workspace.rights().link(op.user(), object, grantee, privileges);
    ObjectNode answer = op.ok();
    answer.put("obj_type", op.object());
    answer.put("obj_id", object);
    answer.put("obj_to_type", to);
    answer.put("obj_to_id", grantee);
    answer.put("obj_to_title", grant.title());
    answer.put("action_type", privileges.isEmpty() ? "unlink" : "link");
    return answer;
  }

  /** {@code [{"type":"view","list_obj":["all"]}, …]}; bare names are accepted, too. */
  private static Set<Privilege> privileges(Op op) {
    JsonNode given = op.get("privs");
    if (given == null) {
      throw OpException.required("privs");
    }
    if (!(given instanceof ArrayNode list)) {
      throw OpException.value("privs", given);
    }
    Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
    for (JsonNode entry : list) {
      String name = entry.isString() ? entry.stringValue() : entry.path("type").asString("");
      Optional<Privilege> privilege = Privilege.parse(name);
      privileges.add(privilege.orElseThrow(() -> OpException.value("privs", entry)));
    }
    return privileges;
  }

  private ObjectNode move(Op op) {
    long object = op.requiredNumber("obj_id");
    long target = op.requiredNumber("folder_id");
    Move move = workspace.folders().move(op.user(), object, target);
    ObjectNode answer = op.ok();
    answer.put("obj_type", move.kind() == ObjectKind.PROCESS ? "conv" : "folder");
    answer.put("obj_id", object);
    answer.put("obj_to_type", "folder");
    answer.put("obj_to_id", target);
    answer.put("obj_to_title", move.toTitle());
    answer.put("action_type", "move");
    // The caller's idea of the old parent is echoed, even when it is out of date.
    answer.put("from_folder", op.number("parent_id").orElse(move.fromFolder()));
    answer.put("to_folder", move.toFolder());
    answer.put("from_folder_name", move.fromTitle());
    answer.put("to_folder_name", move.toTitle());
    answer.put("user_id", op.user());
    answer.put("user_name", op.caller().name());
    return answer;
  }

  private ObjectNode favorite(Op op) {
    long object = op.processOf("obj_id");
    boolean favorite = op.flag("favorite").orElseThrow(() -> OpException.required("favorite"));
    workspace.folders().favorite(op.user(), object, favorite);
    return op.ok().put("obj_id", object);
  }

  private ObjectNode delete(Op op) {
    long object = op.processOf("obj_id");
    workspace.folders().delete(op.user(), object);
    return op.ok().put("obj_id", object);
  }

  private ObjectNode restore(Op op) {
    long object = op.processOf("obj_id");
    long parent = workspace.folders().restore(op.user(), object);
    return op.ok().put("obj_id", object).put("parent_folder_id", parent);
  }

  private ObjectNode destroy(Op op) {
    long object = op.processOf("obj_id");
    workspace.folders().destroy(op.user(), object);
    ObjectNode answer = Json.object();
    answer.set("id", op.id());
    return answer.put("proc", "ok").put("obj_id", object).put("obj_type", op.object());
  }
}
