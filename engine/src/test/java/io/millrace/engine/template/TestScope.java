package io.millrace.engine.template;

import io.millrace.engine.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A scope of fixed data, time and randomness. */
public final class TestScope implements Scope {
  /** A Wednesday; 2026-03-04 05:06:07 UTC. */
  public static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");

  private static final Map<String, JsonNode> ROOT =
      Map.of("conv_id", Json.parse("4711"), "ref", Json.parse("\"r-1\""));
  private static final Map<String, JsonNode> ANSWER =
      Map.of("body", Json.parse("{\"id\":42,\"list\":[1,2]}"));

  private final ObjectNode data;
  private final Map<String, JsonNode> overlays;
  private final SplittableRandom random = new SplittableRandom(7);

  private TestScope(ObjectNode data, Map<String, JsonNode> overlays) {
    this.data = data;
    this.overlays = overlays;
  }

  public static TestScope of(String data) {
    return of(Json.parseObject(data.getBytes(StandardCharsets.UTF_8)));
  }

  public static TestScope of(ObjectNode data) {
    return new TestScope(data, Map.of());
  }

  /** A scope in which the body of an API answer lies over the data. */
  public static TestScope withAnswer(String data) {
    return new TestScope(Json.parseObject(data), ANSWER);
  }

  @Override
  public ObjectNode data() {
    return data;
  }

  @Override
  public @Nullable JsonNode root(String name) {
    return ROOT.get(name);
  }

  @Override
  public @Nullable JsonNode overlay(String name) {
    return overlays.get(name);
  }

  @Override
  public long nowMillis() {
    return NOW.toEpochMilli();
  }

  @Override
  public long nextRandom() {
    return random.nextLong();
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }
}
