package io.millrace.engine.state;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The stored form of a process: a JSON object, and the nodes in the order of their ordinals. */
public final class ProcessCodec {
  private ProcessCodec() {}

  /** What is stored. */
  public record Stored(ProcessSource source, List<NodeId> nodes) {}

  public static byte[] encode(Stored stored) {
    ProcessSource source = stored.source();
    ObjectNode out = Json.object();
    out.put("process", source.processId()).put("version", source.version());
    out.put("title", source.title()).put("stateDiagram", source.stateDiagram());
    out.put("status", source.status().name());
    out.set("params", source.params());
    out.set("scheme", source.scheme());
    out.put("owner", source.ownerId());
    ArrayNode users = out.putArray("taskUsers");
    source.taskUsers().forEach(users::add);
    out.put("retentionDays", source.retentionDays());
    out.set("extensions", source.extensions());
    ArrayNode nodes = out.putArray("nodes");
    stored.nodes().forEach(node -> nodes.add(node.toString()));
    return Json.bytes(out);
  }

  public static Stored decode(byte[] bytes) {
    ObjectNode in = Json.parseObject(bytes);
    List<Long> users = new ArrayList<>();
    in.path("taskUsers").forEach(user -> users.add(user.asLong()));
    List<NodeId> nodes = new ArrayList<>();
    in.path("nodes").forEach(node -> nodes.add(NodeId.of(node.asString())));
    JsonNode extensions = in.path("extensions");
    ProcessSource source =
        new ProcessSource(
            in.path("process").asLong(),
            in.path("version").asLong(),
            in.path("title").asString(),
            in.path("stateDiagram").asBoolean(),
            ProcessStatus.valueOf(in.path("status").asString()),
            in.withArray("params"),
            in.withObject("scheme"),
            in.path("owner").asLong(),
            users,
            in.path("retentionDays").asInt(),
            extensions.isMissingNode() ? Json.object() : extensions);
    return new Stored(source, nodes);
  }
}
