package io.millrace.server.console;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.http.Identity;
import io.millrace.server.wire.Json;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One WebSocket: what it watches, and what it was told last. */
final class LiveClient {
  private static final int WATCHED_MAX = 50;
  private static final int WAITING_MAX = 200;
  private static final Map<NodeId, NodeCounts> NOTHING_YET = Map.of();

  private final ServerWebSocket socket;
  private final Identity caller;
  private final @Nullable String token;
  private final Permission permission;
  private final LongFunction<Map<NodeId, NodeCounts>> counts;
  private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final Map<Long, Map<NodeId, NodeCounts>> told = new ConcurrentHashMap<>();

  /** Whether somebody may watch a process. */
  @FunctionalInterface
  interface Permission {
    boolean mayWatch(Identity caller, long process);
  }

  LiveClient(
      ServerWebSocket socket,
      Identity caller,
      @Nullable String token,
      Permission permission,
      LongFunction<Map<NodeId, NodeCounts>> counts) {
    this.socket = socket;
    this.caller = caller;
    this.token = token;
    this.permission = permission;
    this.counts = counts;
  }

  void start() {
    socket.textMessageHandler(this::receive);
    socket.exceptionHandler(ignored -> socket.close());
  }

  @Nullable String token() {
    return token;
  }

  Set<Long> watched() {
    return told.keySet();
  }

  void close() {
    socket.close();
  }

  private void receive(String text) {
    switch (text.strip()) {
      case "0" -> send("1");
      case "1" -> {
        // The answer to a keep-alive that some clients send unasked.
      }
      default -> enqueue(text);
    }
  }

  /** Frames are worked on one after the other: an "off" must not overtake its "on". */
  private void enqueue(String text) {
    waiting.add(text);
    int count = waitingCount.incrementAndGet();
    if (count == 1) {
      Thread.startVirtualThread(this::drain);
    } else if (count > WAITING_MAX) {
      socket.close();
    }
  }

  private void drain() {
    do {
      String text = waiting.poll();
      if (text != null) {
        operate(text);
      }
    } while (waitingCount.decrementAndGet() > 0);
  }

  private void operate(String text) {
    Optional<JsonNode> frame = Json.parse(text);
    JsonNode ops = frame.map(json -> json.path("ops")).orElse(Json.object());
    if (ops instanceof ArrayNode list && !list.isEmpty() && list.size() <= WATCHED_MAX) {
      list.forEach(this::operate);
    } else if (ops instanceof ObjectNode one && !one.isEmpty()) {
      operate(one);
    } else {
      send("{\"request_proc\":\"error\",\"description\":\"Incorrect body\",\"ops\":[]}");
    }
  }

  private void operate(JsonNode op) {
    boolean counters =
        op.path("type").asString("").equals("monitor_show")
            && op.path("obj").asString("").equals("conv");
    long process = op.path("obj_id").asLong(0);
    if (!counters || process <= 0) {
      sendError(op, "bad object");
    } else if (op.path("status").asString("on").equals("off")) {
      told.remove(process);
    } else if (!permission.mayWatch(caller, process)) {
      sendError(op, "Access denied");
    } else if (told.size() >= WATCHED_MAX && !told.containsKey(process)) {
      sendError(op, "Too many requests: limit is reached");
    } else {
      Map<NodeId, NodeCounts> now = counts.apply(process);
      told.put(process, now);
      sendCounts(process, now);
    }
  }

  /** Tells the counters when they differ from what was told last. */
  void show(long process, Map<NodeId, NodeCounts> now) {
    if (socket.writeQueueFull() || now.equals(told.getOrDefault(process, NOTHING_YET))) {
      return;
    }
    if (!permission.mayWatch(caller, process)) {
      told.remove(process);
      return;
    }
    // A client that unsubscribed in the meantime must not be subscribed again.
    if (told.computeIfPresent(process, (ignored, before) -> now) != null) {
      sendCounts(process, now);
    }
  }

  private void sendCounts(long process, Map<NodeId, NodeCounts> counts) {
    ObjectNode op = Json.object();
    op.put("type", "monitor_show").put("obj", "conv").put("obj_id", process).put("proc", "ok");
    ArrayNode list = op.putArray("list");
    counts.forEach((node, count) ->
        list.addObject()
            .put("obj_id", node.toString())
            .put("count", count.count())
            .put("in", count.in())
            .put("out", count.out()));
    sendOp(op);
  }

  private void sendError(JsonNode request, String description) {
    ObjectNode op = Json.object();
    op.put("type", request.path("type").asString(""));
    op.put("obj", request.path("obj").asString(""));
    op.set(
        "obj_id",
        request.path("obj_id").isMissingNode() ? Json.object().nullNode() : request.path("obj_id"));
    op.put("proc", "error").put("description", description);
    sendOp(op);
  }

  private void sendOp(ObjectNode op) {
    ObjectNode frame = Json.object().put("request_proc", "ok");
    frame.putArray("ops").add(op);
    send(Json.text(frame));
  }

  private void send(String text) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(text);
    }
  }
}
