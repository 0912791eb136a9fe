package io.millrace.server.compatible;

import io.millrace.engine.view.TrafficPoint;
import io.millrace.runtime.host.Host;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.version.Node;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Traffic of nodes over time. */
final class StatOps {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final long POINTS_MAX = 100_000;

  private final Workspace workspace;
  private final Host host;

  StatOps(Workspace workspace, Host host) {
    this.workspace = workspace;
    this.host = host;
  }

  void addTo(Operations operations) {
    operations.add("stat", "show", this::show);
  }

  private ObjectNode show(Op op) {
    long process = op.process();
    workspace.rights().require(op.user(), process, Privilege.VIEW);
    TrafficPoint.Interval interval = interval(op);
    long from = op.requiredNumber("start") * 1000;
    long to = op.requiredNumber("end") * 1000;
    if (to < from || (to - from) / interval.millis() > POINTS_MAX) {
      throw OpException.value("end", op.get("end"));
    }
    Set<String> nodes = nodes(op);
    List<TrafficPoint> points =
        host.traffic(process, from, to, interval).stream()
            .filter(point -> nodes.isEmpty() || nodes.contains(point.nodeId().toString()))
            .toList();
    boolean all = op.requiredText("group").equals("all");
    Map<String, String> titles = titles(op, process);
    ObjectNode answer = op.ok();
    answer.put("group", all ? "all" : "time");
    answer.put("conv_id", process);
    answer.put("dashboard_id", op.text("dashboard_id").orElse("undefined"));
    if (nodes.size() == 1) {
      String node = nodes.iterator().next();
      answer.put("node_id", node);
      answer.put("title", titles.getOrDefault(node, ""));
    }
    answer.set("data", all ? byNode(points, titles) : byTime(op, points));
    return answer;
  }

  private static TrafficPoint.Interval interval(Op op) {
    return switch (op.requiredText("interval")) {
      case "minute" -> TrafficPoint.Interval.MINUTE;
      case "hour" -> TrafficPoint.Interval.HOUR;
      case "day" -> TrafficPoint.Interval.DAY;
      default -> throw OpException.value("interval", op.get("interval"));
    };
  }

  private static Set<String> nodes(Op op) {
    Set<String> nodes = new HashSet<>();
    op.text("node_id").filter(node -> !node.isEmpty()).ifPresent(nodes::add);
    JsonNode many = op.get("node_ids");
    if (many != null) {
      if (!many.isArray()) {
        throw OpException.value("node_ids", many);
      }
      many.forEach(node -> nodes.add(node.asString("")));
    }
    return nodes;
  }

  private Map<String, String> titles(Op op, long process) {
    Map<String, String> titles = new HashMap<>();
    for (Node node : workspace.drafts().graph(op.user(), process).nodes()) {
      titles.put(node.id(), node.title());
    }
    return titles;
  }

  private static ArrayNode byNode(List<TrafficPoint> points, Map<String, String> titles) {
    Map<String, long[]> sums = new TreeMap<>();
    for (TrafficPoint point : points) {
      long[] sum = sums.computeIfAbsent(point.nodeId().toString(), ignored -> new long[2]);
      sum[0] += point.in();
      sum[1] += point.out();
    }
    ArrayNode data = Json.array();
    sums.forEach((node, sum) ->
        data.addObject()
            .put("id", node)
            .put("title", titles.getOrDefault(node, ""))
            .put("in", sum[0])
            .put("out", sum[1]));
    return data;
  }

  private static ArrayNode byTime(Op op, List<TrafficPoint> points) {
    Map<Long, long[]> sums = new TreeMap<>();
    for (TrafficPoint point : points) {
      long[] sum = sums.computeIfAbsent(point.startMillis(), ignored -> new long[2]);
      sum[0] += point.in();
      sum[1] += point.out();
    }
    boolean timestamp = op.flag("timestamp").orElse(false);
    // The offset is UTC minus local time, in minutes, as browsers give it.
    int offsetMinutes = op.intWithin("timezone_offset", 0, -18 * 60, 18 * 60);
    ZoneOffset zone = ZoneOffset.ofTotalSeconds(-offsetMinutes * 60);
    ArrayNode data = Json.array();
    sums.forEach((start, sum) -> {
      ObjectNode point = data.addObject();
      if (timestamp) {
        point.put("date", start / 1000);
      } else {
        point.put("date", DATE.format(Instant.ofEpochMilli(start).atOffset(zone)));
      }
      point.put("in", sum[0]).put("out", sum[1]);
    });
    return data;
  }
}
