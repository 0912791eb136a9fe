package io.millrace.server.compatible;

import io.millrace.server.ServerFixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Processes for tests, made as clients make them. */
public final class Processes {
  private Processes() {}

  /** Start, "Wait" (waits for a callback), "End"; deployed. */
  public static long waiting(ServerFixture server, String title) {
    long process =
        server
            .ok(
                "{\"type\":\"create\",\"obj\":\"conv\",\"title\":\"%s\",\"folder_id\":0,\"create_mode\":\"without_nodes\"}"
                    .formatted(title))
            .get("obj_id")
            .asLong();
    long version = 1_700_000_001L;
    String start = create(server, process, version, 1, "Start");
    String wait = create(server, process, version, 0, "Wait");
    String end = create(server, process, version, 2, "End");
    go(server, process, version, start, "", wait);
    go(server, process, version, wait, "{\"type\":\"api_callback\",\"is_sync\":true},", end);
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"node\",\"conv_id\":%d,\"version\":%d,\"obj_id\":\"%s\",\"options\":{\"save_task\":true}}"
            .formatted(process, version, end));
    server.ok(
        "{\"type\":\"confirm\",\"obj\":\"commit\",\"conv_id\":%d,\"version\":%d}"
            .formatted(process, version));
    return process;
  }

  static String create(ServerFixture server, long process, long version, int type, String title) {
    ObjectNode answer =
        server.ok(
            "{\"id\":\"local-%s\",\"type\":\"create\",\"obj\":\"node\",\"conv_id\":%d,\"version\":%d,\"obj_type\":%d,\"title\":\"%s\"}"
                .formatted(title, process, version, type, title));
    return answer.get("obj_id").asString();
  }

  static void go(
      ServerFixture server, long process, long version, String node, String logics, String to) {
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"node\",\"conv_id\":%d,\"version\":%d,\"obj_id\":\"%s\",\"logics\":[%s{\"type\":\"go\",\"to_node_id\":\"%s\"}],\"semaphors\":[]}"
            .formatted(process, version, node, logics, to));
  }

  /** The id of the node with this title. */
  public static String node(ServerFixture server, long process, String title) {
    for (JsonNode node :
        server
            .ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process))
            .get("list")) {
      if (node.get("title").asString().equals(title)) {
        return node.get("obj_id").asString();
      }
    }
    throw new AssertionError("no node " + title);
  }
}
