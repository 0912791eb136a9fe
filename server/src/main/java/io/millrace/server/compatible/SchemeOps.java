package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.exchange.ImportResult;
import io.millrace.workspace.store.ObjectKind;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemes as operations: inline export, check for drafts, import from JSON text. */
final class SchemeOps {
  private final Workspace workspace;
  private final Exports exports;
  private final Jobs jobs;

  SchemeOps(Workspace workspace, Exports exports, Jobs jobs) {
    this.workspace = workspace;
    this.exports = exports;
    this.jobs = jobs;
  }

  void addTo(Operations operations) {
    operations
        .add("obj_scheme", "get", this::get)
        .add("obj_scheme", "check", this::check)
        .add("obj_scheme", "create", this::create)
        .add("statistics", "get", this::statistics)
        .add("sum_stat", "show", this::statistics);
  }

  /** What the upload route understands. */
  Operations uploads() {
    return new Operations()
        .add("obj_scheme", "create", this::upload)
        .add("obj_scheme", "validate", this::upload);
  }

  /** What the download route understands; the type does not matter there. */
  Operations downloads() {
    return new Operations()
        .add("obj_scheme", "", exports::export)
        .add("obj_scheme", "create", exports::export)
        .add("obj_scheme", "download", exports::export);
  }

  private ObjectNode get(Op op) {
    ArrayNode scheme = workspace.exchange().scheme(op.user(), object(op));
    ObjectNode answer = op.ok();
    answer.set("scheme", scheme);
    return answer;
  }

  private ObjectNode check(Op op) {
    long object = object(op);
    workspace.exchange().requireNoDrafts(op.user(), object);
    return op.ok().put("obj_id", object);
  }

  /** The object of {@code obj_id}, whose {@code obj_type} must be one that is kept here. */
  static long object(Op op) {
    String type = op.requiredText("obj_type");
    if (!type.equals("conv") && !type.equals("folder")) {
      throw OpException.value("obj_type", op.get("obj_type"));
    }
    return op.requiredNumber("obj_id");
  }

  /** With a scheme it is an import, without one an export. */
  private ObjectNode create(Op op) {
    return op.has("scheme") ? upload(op) : exports.export(op);
  }

  /** The file: bytes of a form, JSON text, or JSON itself. */
  private static byte[] file(Op op) {
    if (!op.flag("apply_mode").orElse(true)) {
      throw OpException.value("apply_mode", op.get("apply_mode"));
    }
    JsonNode scheme = op.get("scheme");
    if (scheme == null) {
      throw OpException.required("scheme");
    }
    if (scheme.isBinary()) {
      return scheme.binaryValue();
    }
    return scheme.isString()
        ? scheme.stringValue().getBytes(StandardCharsets.UTF_8)
        : Json.write(scheme);
  }

  /** Imports a file; at once, or in the background with a hash to ask for the outcome. */
  private ObjectNode upload(Op op) {
    byte[] file = file(op);
    boolean validate = op.type().equals("validate");
    long folder = targetFolder(op);
    boolean skipRoot = op.flag("skip_root").orElse(false);
    long user = op.user();
    Jobs.Work work =
        () -> {
          ImportResult result =
              validate
                  ? workspace.exchange().validate(user, file, folder)
                  : workspace.exchange().importFile(user, file, folder, skipRoot);
          return outcome(result);
        };
    if (op.flag("async").orElse(false)) {
      return op.ok().put("hash", jobs.start("upload", user, work));
    }
    ObjectNode answer = op.ok();
    answer.setAll(work.run());
    return answer;
  }

  private static long targetFolder(Op op) {
    if (op.has("obj_to_id")) {
      String type = op.text("obj_to_type").orElse("folder");
      if (!type.equals("folder")) {
        throw OpException.value("obj_to_type", op.get("obj_to_type"));
      }
      return op.requiredNumber("obj_to_id");
    }
    return op.number("folder_id").orElse(0L);
  }

  private static ObjectNode outcome(ImportResult result) {
    ObjectNode outcome = Json.object();
    ArrayNode scheme = outcome.putArray("scheme");
    for (ImportResult.Created created : result.created()) {
      ObjectNode entry = scheme.addObject();
      entry.put("obj_id", created.id());
      entry.put("obj_type", created.kind() == ObjectKind.PROCESS ? "conv" : "folder");
      entry.put("title", created.title());
      entry.put("description", created.description());
      if (created.hash() != null) {
        entry.put("hash", created.hash());
      }
      entry.put("old_obj_id", created.oldId());
      entry.put("old_parent_id", created.oldParentId());
    }
    if (!result.errors().isEmpty()) {
      outcome.set("errors", DeployErrors.tree(result));
    }
    return outcome;
  }

  /** Progress of uploads and downloads. */
  private ObjectNode statistics(Op op) {
    ObjectNode answer = op.ok();
    answer.set("data", jobs.statistics(op.user(), op.textOrNull("id")));
    return answer;
  }
}
