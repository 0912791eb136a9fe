package io.millrace.server.compatible;

import io.millrace.workspace.Workspace;
import io.millrace.workspace.folder.FolderFilter;
import io.millrace.workspace.folder.FolderItem;
import io.millrace.workspace.folder.FolderListing;
import io.millrace.workspace.folder.FolderSort;
import io.millrace.workspace.folder.Folders;
import io.millrace.workspace.store.ObjectKind;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Folders: create, modify, show, list, subtree and breadcrumbs. */
final class FolderOps {
  private static final int TYPE_FOLDER = 0;
  private static final int TYPE_ROOT = 1;

  private final Workspace workspace;
  private final Views views;

  FolderOps(Workspace workspace, Views views) {
    this.workspace = workspace;
    this.views = views;
  }

  void addTo(Operations operations) {
    operations
        .add("folder", "create", this::create)
        .add("folder", "modify", this::modify)
        .add("folder", "show", this::show)
        .add("folder", "list", this::list)
        .add("folder_branch", "list", this::branch)
        .add("path_to_folder", "list", this::path);
  }

  private ObjectNode create(Op op) {
    long parent = op.number("folder_id").orElse(Folders.ROOT);
    String title = op.text("title").orElse("New folder");
    FolderItem folder =
        workspace.folders().create(op.user(), parent, title, op.textOrNull("description"));
    return op.ok().put("obj_id", folder.id());
  }

  private ObjectNode modify(Op op) {
    long folder = op.requiredNumber("obj_id");
    workspace
        .folders()
        .modify(op.user(), folder, op.textOrNull("title"), op.textOrNull("description"));
    return op.ok().put("obj_id", folder);
  }

  private ObjectNode show(Op op) {
    FolderItem folder = workspace.folders().show(op.user(), op.requiredNumber("obj_id"));
    boolean root = folder.id() == Folders.ROOT;
    ObjectNode answer = op.ok();
    answer.put("obj_id", folder.id());
    answer.put("title", folder.title());
    answer.put("description", folder.description());
    answer.put("obj_type", root ? TYPE_ROOT : TYPE_FOLDER);
    answer.put("parent_obj_id", folder.parentId());
    answer.put("parent_obj_type", "folder");
    answer.put("company_id", views.companyId());
    answer.set("privs", Views.privileges(folder.privileges()));
    return answer;
  }

  private ObjectNode list(Op op) {
    long folder = op.requiredNumber("obj_id");
    if (op.text("list_obj").orElse("").equals("group")) {
      ObjectNode answer = op.ok().put("obj_id", folder).put("list_obj", "group");
      answer.set("list", views.grants(workspace.rights().grants(op.user(), folder)));
      return answer;
    }
    boolean descending = op.text("order").orElse("asc").equalsIgnoreCase("desc");
    FolderListing listing =
        workspace.folders().list(op.user(), folder, filter(op), sort(op), descending);
    ObjectNode answer = op.ok();
    answer.put("obj_id", listing.id());
    answer.put("parent_folder_id", listing.parentId());
    answer.put("parent_folder_title", listing.parentTitle());
    ArrayNode list = answer.putArray("list");
    listing.items().forEach(item -> list.add(views.item(item)));
    return answer;
  }

  private static FolderFilter filter(Op op) {
    return switch (op.text("filter").orElse("")) {
      case "" -> FolderFilter.ALL;
      case "folder" -> FolderFilter.FOLDERS;
      case "conv", "conveyor" -> FolderFilter.PROCESSES;
      case "my" -> FolderFilter.MINE;
      case "shared" -> FolderFilter.SHARED;
      case "favorites" -> FolderFilter.FAVORITES;
      case "recent" -> FolderFilter.RECENT;
      case "deleted" -> FolderFilter.DELETED;
      default -> throw OpException.value("filter", op.get("filter"));
    };
  }

  private static FolderSort sort(Op op) {
    return switch (op.text("sort").orElse("title")) {
      case "owner" -> FolderSort.OWNER;
      case "date" -> FolderSort.DATE;
      case "name", "title" -> FolderSort.TITLE;
      default -> throw OpException.value("sort", op.get("sort"));
    };
  }

  private ObjectNode branch(Op op) {
    long folder = op.requiredNumber("obj_id");
    long owner = op.number("owner_id").orElse(0L);
    ObjectNode answer = op.ok().put("obj_id", folder);
    ArrayNode list = answer.putArray("list");
    for (FolderItem item : workspace.folders().branch(op.user(), folder)) {
      if (owner == 0 || item.ownerId() == owner) {
        list.add(views.item(item));
      }
    }
    return answer;
  }

  private ObjectNode path(Op op) {
    List<FolderItem> path = workspace.folders().path(op.user(), op.requiredNumber("obj_id"));
    ObjectNode answer = op.ok();
    ArrayNode list = answer.putArray("list");
    for (FolderItem item : path) {
      ObjectNode entry = list.addObject();
      entry.put("obj_id", item.id());
      entry.put("title", item.title());
      entry.put("company_id", views.companyId());
      entry.set("privs", Views.privileges(item.privileges()));
      entry.put("favorite", item.favorite());
      entry.put("owner_id", item.ownerId());
      entry.put("owner_name", item.ownerTitle());
      entry.put("owner_login", item.ownerLogin());
      entry.put("type", item.kind() == ObjectKind.FOLDER ? "folder" : "conv");
      entry.put("description", item.description());
      entry.put("short_name", "");
      entry.put("immutable", false);
    }
    return answer;
  }
}
