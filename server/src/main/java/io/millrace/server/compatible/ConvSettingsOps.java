package io.millrace.server.compatible;

import io.millrace.server.session.DirectUrlAccess;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.version.ProcessInfo;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a process asks of its callers: parameters, the direct URL's hash, basic authentication. */
final class ConvSettingsOps {
  private static final int CREDENTIAL_CHARS_MAX = 255;

  private final Workspace workspace;
  private final DirectUrlAccess access;

  ConvSettingsOps(Workspace workspace, DirectUrlAccess access) {
    this.workspace = workspace;
    this.access = access;
  }

  void addTo(Operations operations) {
    operations
        .add("conv_params", "list", this::listParams)
        .add("conv_params", "modify", this::modifyParams)
        .add("callback_hash", "get", this::getHash)
        .add("callback_hash", "create", this::createHash)
        .add("callback_hash", "modify", this::modifyHash)
        .add("callback_hash", "delete", this::deleteHash)
        .add("conv_auth", "show", this::showAuth)
        .add("conv_auth", "modify", this::modifyAuth)
        .add("conv_auth", "delete", this::deleteAuth);
  }

  private ObjectNode listParams(Op op) {
    ProcessInfo info = workspace.processes().show(op.user(), op.processOf("obj_id"));
    ObjectNode answer = op.ok().put("obj_id", info.id());
    answer.set("params", info.params());
    return answer.put("ref_mask", info.refMask());
  }

  private ObjectNode modifyParams(Op op) {
    long process = op.processOf("obj_id");
    JsonNode params = op.get("params");
    if (params == null) {
      throw OpException.required("params");
    }
    if (!(params instanceof ArrayNode)) {
      throw OpException.value("params", params);
    }
    workspace.processes().setParams(op.user(), process, params, op.flag("ref_mask").orElse(null));
    return op.ok().put("conv_id", process);
  }

  /** Hashes of aliases are asked for by {@code alias_id}; there are no aliases. */
  private static long hashOwner(Op op) {
    if (!op.has("conv_id") && op.has("alias_id")) {
      throw OpException.notFound("alias", op.requiredText("alias_id"));
    }
    return op.process();
  }

  private ObjectNode getHash(Op op) {
    ProcessInfo info = workspace.processes().show(op.user(), hashOwner(op));
    workspace.rights().require(op.user(), info.id(), Privilege.MODIFY);
    return op.ok().put("conv_id", info.id()).put("callback_hash", info.hash());
  }

  private ObjectNode createHash(Op op) {
    long process = hashOwner(op);
    ProcessInfo info = workspace.processes().show(op.user(), process);
    workspace.rights().require(op.user(), process, Privilege.MODIFY);
    String hash = info.hash();
    return op.ok()
        .put("type", "create")
        .put("conv_id", process)
        .put("callback_hash", hash == null ? rotate(op, process) : hash);
  }

  private ObjectNode modifyHash(Op op) {
    long process = hashOwner(op);
    return op.ok().put("conv_id", process).put("callback_hash", rotate(op, process));
  }

  private String rotate(Op op, long process) {
    String hash = workspace.processes().rotateHash(op.user(), process);
    access.forget(process);
    return hash;
  }

  private ObjectNode deleteHash(Op op) {
    long process = hashOwner(op);
    workspace.processes().disableHash(op.user(), process);
    access.forget(process);
    return op.ok().put("conv_id", process);
  }

  private ObjectNode showAuth(Op op) {
    long process = op.process();
    workspace.rights().require(op.user(), process, Privilege.MODIFY);
    Optional<DirectUrlAccess.Basic> basic = access.basic(process);
    ObjectNode answer = op.ok().put("conv_id", process);
    if (basic.isPresent()) {
      answer.put("obj_type", "basic");
      ObjectNode data = Json.object();
      data.put("user", basic.get().user()).put("pass", basic.get().password());
      answer.set("data", data);
    } else {
      answer.putNull("obj_type").putNull("data");
    }
    return answer;
  }

  private ObjectNode modifyAuth(Op op) {
    long process = op.process();
    workspace.rights().require(op.user(), process, Privilege.MODIFY);
    if (!op.requiredText("obj_type").equals("basic")) {
      throw OpException.value("obj_type", op.get("obj_type"));
    }
    if (!(op.get("data") instanceof ObjectNode data)) {
      throw OpException.required("data");
    }
    access.setBasic(
        process, new DirectUrlAccess.Basic(credential(data, "user"), credential(data, "pass")));
    return op.ok().put("conv_id", process);
  }

  private static String credential(ObjectNode data, String name) {
    JsonNode value = data.get(name);
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      throw OpException.required("data." + name);
    }
    // The value is not echoed: it is a password, or close to one.
    String text = value.stringValue();
    if (text.length() > CREDENTIAL_CHARS_MAX || (name.equals("user") && text.contains(":"))) {
      throw OpException.value("data." + name, null);
    }
    return text;
  }

  private ObjectNode deleteAuth(Op op) {
    long process = op.process();
    workspace.rights().require(op.user(), process, Privilege.MODIFY);
    access.removeBasic(process);
    return op.ok().put("conv_id", process);
  }
}
