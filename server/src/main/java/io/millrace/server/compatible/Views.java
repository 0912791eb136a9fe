package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.folder.FolderItem;
import io.millrace.workspace.people.Principal;
import io.millrace.workspace.rights.Grant;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.version.Statuses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Members that many answers have in common. */
final class Views {
  private final Workspace workspace;
  private final String companyId;

  Views(Workspace workspace, String companyId) {
    this.workspace = workspace;
    this.companyId = companyId;
  }

  String companyId() {
    return companyId;
  }

  static ArrayNode privileges(Set<Privilege> privileges) {
    ArrayNode list = Json.array();
    for (Privilege privilege : Privilege.values()) {
      if (privileges.contains(privilege)) {
        list.addObject().put("type", privilege.wireName()).putArray("list_obj").add("all");
      }
    }
    return list;
  }

  /** {@code owner_id}, {@code owner_name}, {@code owner_login}. */
  void putOwner(ObjectNode answer, long ownerId) {
    Optional<Principal> owner = workspace.principal(ownerId);
    answer.put("owner_id", ownerId);
    answer.put("owner_name", owner.map(Principal::title).orElse(""));
    answer.put("owner_login", owner.map(Principal::login).orElse(""));
  }

  /** The name of a user or key; empty when it is gone. */
  String name(long principalId) {
    return workspace.principal(principalId).map(Principal::title).orElse("");
  }

  /** A folder or process as listings show it. */
  ObjectNode item(FolderItem item) {
    ObjectNode entry = Json.object();
    boolean process = item.kind() == ObjectKind.PROCESS;
    entry.put("obj_id", item.id());
    entry.put("obj_type", item.kind().wireName());
    entry.put("title", item.title());
    entry.put("description", item.description());
    entry.put("is_shared", item.shared());
    entry.put("favorite", item.favorite());
    entry.set("privs", privileges(item.privileges()));
    entry.put("undeployed", process && item.draftVersion() != null ? 1 : 0);
    entry.put("childs", item.childCount());
    entry.put("size", process ? item.nodeCount() : item.childCount());
    entry.put("is_owner", item.owner());
    entry.put("owner_id", item.ownerId());
    entry.put("owner_name", item.ownerTitle());
    entry.put("owner_login", item.ownerLogin());
    entry.putNull("owner_group_id");
    entry.put("create_time", item.createMillis() / 1000);
    entry.put("change_time", item.changeMillis() / 1000);
    entry.put("company_id", companyId);
    entry.put("project_id", 0);
    entry.put("stage_id", 0);
    entry.put("version", item.draftVersion());
    entry.put("parent_id", item.parentId());
    if (process) {
      entry.put("conv_type", conveyorType(item.stateDiagram()));
      entry.put("status", item.status() == null ? "active" : Statuses.text(item.status()));
      entry.put("is_deployed", item.deployed());
    }
    return entry;
  }

  static String conveyorType(boolean stateDiagram) {
    return stateDiagram ? "state" : "process";
  }

  /** The access list of an object. */
  ArrayNode grants(List<Grant> grants) {
    ArrayNode list = Json.array();
    for (Grant grant : grants) {
      ObjectNode entry = list.addObject();
      entry.put("obj", grant.group() ? "group" : "user");
      entry.put("obj_id", grant.granteeId());
      entry.put("login_id", grant.granteeId());
      entry.put("title", grant.title());
      entry.put("login", grant.login());
      entry.set("privs", privileges(grant.privileges()));
    }
    return list;
  }
}
