package io.millrace.engine.state;

import io.millrace.engine.command.Effect;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Effects under way: what must be started again after a crash.
 *
 * <p>Key {@code 'E' effect(18)}, value a JSON object with a member {@code kind}.
 */
public final class Effects {
  private final State state;

  public Effects(State state) {
    this.state = state;
  }

  public void put(Effect effect) {
    state.put(Space.PENDING, Keys.effect(effect.id()), Json.bytes(encode(effect)));
  }

  /** The effect under way with this id, or null. */
  public @Nullable Effect find(EffectId id) {
    byte[] key = Keys.effect(id);
    byte[] value = state.get(Space.PENDING, key);
    return value == null ? null : decode(key, value);
  }

  /** Forgets the effect; answers whether it was under way. */
  public boolean remove(EffectId id) {
    byte[] key = Keys.effect(id);
    if (state.get(Space.PENDING, key) == null) {
      return false;
    }
    state.delete(Space.PENDING, key);
    return true;
  }

  public boolean contains(EffectId id) {
    return state.get(Space.PENDING, Keys.effect(id)) != null;
  }

  public void forEach(Consumer<Effect> visitor) {
    state.scan(
        Space.PENDING,
        Keys.table('E'),
        Keys.after(Keys.table('E')),
        (key, value) -> {
          visitor.accept(decode(key, value));
          return true;
        });
  }

  /** Reads the id out of a key. */
  public static EffectId id(byte[] key) {
    return EffectId.read(ByteBuffer.wrap(key, 1, EffectId.BYTES));
  }

  private static ObjectNode encode(Effect effect) {
    ObjectNode out = Json.object();
    out.put("process", effect.processId()).put("node", effect.nodeId().toString());
    switch (effect) {
      case Effect.HttpCall call -> {
        out.put("kind", "http").put("method", call.method()).put("url", call.url());
        ArrayNode headers = out.putArray("headers");
        for (Effect.Header header : call.headers()) {
          headers.add(header.name()).add(header.value());
        }
        if (call.body() != null) {
          out.put("body", call.body());
        }
        out.put("timeoutMillis", call.timeoutMillis());
        out.put("responseBytesMax", call.responseBytesMax());
      }
      case Effect.Notify notify -> {
        out.put("kind", "notify").put("timeMillis", notify.timeMillis());
        out.put("channel", notify.channel()).put("title", notify.title());
        out.put("text", notify.text()).put("severity", notify.severity());
        out.put("dedupKey", notify.dedupKey());
        ArrayNode recipients = out.putArray("recipients");
        notify.recipients().forEach(recipients::add);
        ObjectNode fields = out.putObject("fields");
        notify.fields().forEach(fields::put);
      }
    }
    return out;
  }

  private static Effect decode(byte[] key, byte[] value) {
    EffectId id = id(key);
    ObjectNode in = Json.parseObject(value);
    long process = in.path("process").asLong();
    NodeId node = NodeId.of(in.path("node").asString());
    String kind = in.path("kind").asString();
    return switch (kind) {
      case "http" ->
          new Effect.HttpCall(
              id,
              process,
              node,
              in.path("method").asString(),
              in.path("url").asString(),
              headers(in.path("headers")),
              body(in.get("body")),
              in.path("timeoutMillis").asLong(),
              in.path("responseBytesMax").asLong());
      case "notify" ->
          new Effect.Notify(
              id,
              process,
              node,
              in.path("timeMillis").asLong(),
              in.path("channel").asString(),
              texts(in.path("recipients")),
              in.path("title").asString(),
              in.path("text").asString(),
              in.path("severity").asString(),
              textMap(in.path("fields")),
              in.path("dedupKey").asString());
      default -> throw new StateException("Effect " + id + " has the unknown kind " + kind);
    };
  }

  private static byte @Nullable [] body(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    // A node that was just written is binary; one that was read is its base64 text.
    return node.binaryValue();
  }

  private static List<Effect.Header> headers(JsonNode flat) {
    List<Effect.Header> headers = new ArrayList<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      headers.add(new Effect.Header(flat.path(i).asString(), flat.path(i + 1).asString()));
    }
    return headers;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static Map<String, String> textMap(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asString()));
    return map;
  }
}
