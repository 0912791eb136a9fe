package io.millrace.server.compatible;

import static io.millrace.server.ServerFixture.ADMIN_LOGIN;
import static io.millrace.server.ServerFixture.ADMIN_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerFixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ManagementOpsTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  @Test
  void aProcessIsBuiltDeployedAndRuns() {
    long process = Processes.waiting(server, "Built");
    ObjectNode list =
        server.ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process));
    assertThat(list.get("list")).hasSize(3);
    assertThat(list.get("last_confirmed_version").asLong()).isEqualTo(1_700_000_001L);
    assertThat(list.path("commits").get("last_confirmed_version").asLong())
        .isEqualTo(1_700_000_001L);
    assertThat(list.path("commits").get("list")).isEmpty();
    ObjectNode task =
        server.ok(
            "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"b\",\"data\":{}}"
                .formatted(process));
    assertThat(task.get("obj_id").asString()).hasSize(24);
  }

  @Test
  void aNewProcessHasNoVersionYet() {
    ObjectNode made =
        server.ok(
            "{\"id\":\"147\",\"type\":\"create\",\"obj\":\"conv\",\"title\":\"Invoices\",\"description\":null,\"folder_id\":0,\"company_id\":\"i000000001\",\"conv_type\":\"process\",\"create_mode\":\"without_nodes\",\"status\":\"actived\",\"obj_type\":0}");
    assertThat(made.get("id").asString()).isEqualTo("147");
    assertThat(made.get("obj_id").isNumber()).isTrue();
    assertThat(made.get("hash").asString()).matches("[0-9a-f]{40}");
    ObjectNode list =
        server.ok(
            "{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%s}".formatted(made.get("obj_id")));
    assertThat(list.get("list")).isEmpty();
    assertThat(list.path("commits").get("version").asLong()).isZero();
    assertThat(list.get("status").asString()).isEqualTo("active");
    assertThat(list.path("commits").get("list").isArray()).isTrue();
  }

  @Test
  void aDraftChangesNothingUntilItIsConfirmed() {
    long process = Processes.waiting(server, "Drafted");
    String wait = Processes.node(server, process, "Wait");
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"%s\",\"version\":1800000000,\"title\":\"Hold\",\"position\":[1.5,-20]}"
            .formatted(process, wait));
    ObjectNode show =
        server.ok(
            "{\"type\":\"show\",\"obj\":\"commit\",\"conv_id\":%d,\"version\":1800000000}"
                .formatted(process));
    assertThat(show.path("list").path(0).get("title").asString()).isEqualTo("Hold");
    assertThat(
            server
                .op(
                    "{\"type\":\"check\",\"obj\":\"obj_scheme\",\"obj_type\":\"conv\",\"obj_id\":%d}"
                        .formatted(process))
                .get("description")
                .asString())
        .isEqualTo("The process with ID " + process + " has an uncommitted version");
    ObjectNode list =
        server.ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process));
    assertThat(list.path("commits").get("version").asLong()).isEqualTo(1_800_000_000L);
    assertThat(list.path("commits").path("list").path(0).get("name").asString()).isEqualTo("Hold");

    server.ok(
        "{\"type\":\"delete\",\"obj\":\"commit\",\"version\":1800000000,\"obj_id\":%d,\"obj_type\":\"conv\"}"
            .formatted(process));
    assertThat(Processes.node(server, process, "Wait")).isEqualTo(wait);
    server.ok(
        "{\"type\":\"check\",\"obj\":\"obj_scheme\",\"obj_type\":\"conv\",\"obj_id\":%d}"
            .formatted(process));
    ObjectNode commits =
        server.ok("{\"type\":\"list\",\"obj\":\"commits\",\"conv_id\":%d}".formatted(process));
    assertThat(commits.get("list")).hasSize(1);
  }

  @Test
  void deployErrorsNameTheirNodes() {
    long process = Processes.waiting(server, "Broken");
    String wait = Processes.node(server, process, "Wait");
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"%s\",\"version\":1800000000,\"logics\":[{\"type\":\"go\",\"to_node_id\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}]}"
            .formatted(process, wait));
    ObjectNode answer =
        server.op(
            "{\"type\":\"confirm\",\"obj\":\"commit\",\"conv_id\":%d,\"version\":1800000000}"
                .formatted(process));
    assertThat(answer.get("proc").asString()).isEqualTo("error");
    assertThat(answer.get("obj").asString()).isEqualTo("commit");
    assertThat(answer.get("description").asString()).isNotEmpty();
    assertThat(answer.path("errors").path(wait).path(0).asString())
        .contains("referenced node does not exist");
  }

  @Test
  void versionOneEditsApplyAtOnce() {
    JsonNode made =
        first(
            server.ops(
                1,
                ADMIN_LOGIN,
                ADMIN_SECRET,
                "{\"type\":\"create\",\"obj\":\"conv\",\"title\":\"Old way\",\"folder_id\":0,\"conv_type\":\"process\"}"));
    long process = made.get("obj_id").asLong();
    ArrayNode nodes =
        server.ops(
            1,
            ADMIN_LOGIN,
            ADMIN_SECRET,
            """
            {"type":"create","obj":"node","conv_id":%1$d,"title":"S","obj_type":"1"},
            {"type":"create","obj":"node","conv_id":%1$d,"title":"F","obj_type":2}\
            """
                .formatted(process));
    String start = nodes.get(0).get("obj_id").asString();
    String end = nodes.get(1).get("obj_id").asString();
    first(
        server.ops(
            1,
            ADMIN_LOGIN,
            ADMIN_SECRET,
            "{\"type\":\"modify\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"%s\",\"logics\":[{\"type\":\"go\",\"to_node_id\":\"%s\"}],\"semaphores\":[]}"
                .formatted(process, start, end)));
    JsonNode task =
        first(
            server.ops(
                1,
                ADMIN_LOGIN,
                ADMIN_SECRET,
                "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":\"%d\",\"ref\":\"t\",\"data\":{}}"
                    .formatted(process)));
    JsonNode shown =
        first(
            server.ops(
                1,
                ADMIN_LOGIN,
                ADMIN_SECRET,
                "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"obj_id\":%s}"
                    .formatted(process, task.get("obj_id"))));
    assertThat(shown.get("node_id").asString()).isEqualTo(end);
  }

  @Test
  void statusChangesAreReported() {
    long process = server.process("Status");
    String op = "{\"type\":\"modify\",\"obj\":\"conv\",\"obj_id\":%d,%s}";
    ObjectNode paused = server.ok(op.formatted(process, "\"status\":\"paused\",\"title\":\"P\""));
    assertThat(paused.get("new_status").asInt()).isEqualTo(2);
    assertThat(paused.get("old_status").asInt()).isEqualTo(1);
    assertThat(paused.get("is_changed").asBoolean()).isTrue();
    assertThat(
            server.ok(op.formatted(process, "\"status\":\"paused\"")).get("is_changed").asBoolean())
        .isFalse();
    ObjectNode shown =
        server.ok("{\"type\":\"show\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process));
    assertThat(shown.get("title").asString()).isEqualTo("P");
    assertThat(shown.get("status").asString()).isEqualTo("paused");
    assertThat(shown.get("size").asInt()).isEqualTo(2);
    assertThat(shown.get("parent_obj_type").asString()).isEqualTo("folder");
  }

  @Test
  void foldersAreMadeListedMovedAndThrownAway() {
    long outer = folder("Outer", 0);
    long inner = folder("Inner", outer);
    long process =
        server
            .ok(
                "{\"type\":\"create\",\"obj\":\"conv\",\"title\":\"In it\",\"folder_id\":%d}"
                    .formatted(inner))
            .get("obj_id")
            .asLong();
    ObjectNode list =
        server.ok("{\"type\":\"list\",\"obj\":\"folder\",\"obj_id\":%d}".formatted(outer));
    assertThat(list.path("list").path(0).get("obj_id").asLong()).isEqualTo(inner);
    assertThat(list.path("list").path(0).get("obj_type").asString()).isEqualTo("folder");
    assertThat(list.path("list").path(0).get("childs").asInt()).isEqualTo(1);
    assertThat(
            titles(
                server.ok(
                    "{\"type\":\"list\",\"obj\":\"folder_branch\",\"obj_id\":%d}"
                        .formatted(outer))))
        .containsExactly("Inner", "In it");
    assertThat(
            titles(
                server.ok(
                    "{\"type\":\"list\",\"obj\":\"path_to_folder\",\"obj_id\":%d}"
                        .formatted(inner))))
        .endsWith("Outer", "Inner");

    ObjectNode moved =
        server.ok(
            "{\"type\":\"link\",\"obj\":\"folder\",\"obj_type\":\"conv\",\"obj_id\":%d,\"folder_id\":%d,\"parent_id\":7}"
                .formatted(process, outer));
    assertThat(moved.get("action_type").asString()).isEqualTo("move");
    assertThat(moved.get("from_folder").asLong()).isEqualTo(7);
    assertThat(moved.get("to_folder_name").asString()).isEqualTo("Outer");
    assertThat(
            server
                .op(
                    "{\"type\":\"link\",\"obj\":\"folder\",\"obj_type\":\"folder\",\"obj_id\":%d,\"folder_id\":%d}"
                        .formatted(outer, inner))
                .get("description")
                .asString())
        .isEqualTo("Move parent folder to child is not allowed");

    server.ok("{\"type\":\"delete\",\"obj\":\"folder\",\"obj_id\":%d}".formatted(outer));
    assertThat(
            server
                .op(
                    "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}"
                        .formatted(process))
                .get("proc")
                .asString())
        .isEqualTo("error");
    ObjectNode restored =
        server.ok("{\"type\":\"restore\",\"obj\":\"folder\",\"obj_id\":%d}".formatted(outer));
    assertThat(restored.get("parent_folder_id").asLong()).isZero();
    server.ok(
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process));
    ObjectNode destroyed =
        server.ok("{\"type\":\"destroy\",\"obj\":\"folder\",\"obj_id\":%d}".formatted(outer));
    assertThat(destroyed.has("obj")).isFalse();
    assertThat(
            server
                .op("{\"type\":\"show\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process))
                .get("description")
                .asString())
        .isEqualTo("Object conv with id " + process + " does not exist");
  }

  @Test
  void theRootIsShownAsSuch() {
    ObjectNode root = server.ok("{\"type\":\"show\",\"obj\":\"folder\",\"obj_id\":0}");
    assertThat(root.get("obj_type").asInt()).isEqualTo(1);
    ObjectNode renamed =
        server.ok(
            "{\"type\":\"modify\",\"obj\":\"folder\",\"obj_id\":%d,\"title\":\"After\"}"
                .formatted(folder("Before", 0)));
    assertThat(renamed.get("obj_id").isNumber()).isTrue();
  }

  @Test
  void favouritesAreMarked() {
    long process = server.process("Favourite");
    server.ok(
        "{\"type\":\"favorite\",\"obj\":\"conv\",\"obj_id\":%d,\"favorite\":true}"
            .formatted(process));
    assertThat(
            server
                .ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process))
                .get("favorite")
                .asBoolean())
        .isTrue();
    assertThat(
            titles(
                server.ok(
                    "{\"type\":\"list\",\"obj\":\"folder\",\"obj_id\":0,\"filter\":\"favorites\"}")))
        .contains("Favourite");
  }

  @Test
  void trafficIsAddedUp() {
    long process = server.process("Traffic");
    String start = Processes.node(server, process, "Start");
    server.ok(
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process));
    long now = System.currentTimeMillis() / 1000;
    ObjectNode all =
        server.ok(
            "{\"type\":\"show\",\"obj\":\"stat\",\"conv_id\":%d,\"start\":%d,\"end\":%d,\"interval\":\"hour\",\"group\":\"all\",\"node_id\":\"%s\"}"
                .formatted(process, now - 7200, now + 3600, start));
    assertThat(all.path("data").path(0).get("in").asInt()).isEqualTo(1);
    assertThat(all.get("title").asString()).isEqualTo("Start");
    ObjectNode time =
        server.ok(
            "{\"type\":\"show\",\"obj\":\"stat\",\"conv_id\":%d,\"start\":%d,\"end\":%d,\"interval\":\"minute\",\"group\":\"time\",\"timezone_offset\":-180}"
                .formatted(process, now - 7200, now + 3600));
    assertThat(time.path("data").path(0).get("date").asString())
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:00");
    assertThat(time.get("dashboard_id").asString()).isEqualTo("undefined");
  }

  @Test
  void thingsAreFoundByTheirTitle() {
    long process = server.process("Needle in a haystack");
    assertThat(
            server
                .ok("{\"type\":\"list\",\"obj\":\"convs\",\"pattern\":\"needle in\"}")
                .path("list")
                .path(0)
                .get("obj_id")
                .asLong())
        .isEqualTo(process);
    assertThat(
            server
                .ok(
                    "{\"type\":\"list\",\"obj\":\"objs\",\"pattern\":\"needle in\",\"filter\":\"conv\"}")
                .path("list")
                .path(0)
                .get("title")
                .asString())
        .isEqualTo("Needle in a haystack");
    assertThat(
            server
                .ok(
                    "{\"type\":\"list\",\"obj\":\"nodes\",\"conv_id\":%d,\"pattern\":\"fin\"}"
                        .formatted(process))
                .path("list")
                .path(0)
                .get("title")
                .asString())
        .isEqualTo("Final");
  }

  @Test
  void wrongMembersAreNamed() {
    JsonNode answers =
        server.ops(
            """
            {"type":"show","obj":"conv"},
            {"type":"show","obj":"conv","obj_id":"abc"},
            {"type":"show","obj":"conv","obj_id":{}},
            {"type":"create","obj":"node","conv_id":1,"title":"x"},
            {"type":"create","obj":"task","conv_id":"@alias","data":{}},
            {"type":"favorite","obj":"conv","obj_id":1}\
            """);
    assertThat(answers.get(0).get("description").asString()).isEqualTo("Key 'obj_id' is required");
    assertThat(answers.get(0).get("key").asString()).isEqualTo("obj_id");
    assertThat(answers.get(1).get("key").asString()).isEqualTo("obj_id");
    assertThat(answers.get(1).get("value").asString()).isEqualTo("abc");
    assertThat(answers.get(2).get("description").asString()).isEqualTo("Value is not valid");
    assertThat(answers.get(3).get("description").asString()).isEqualTo("Key 'version' is required");
    assertThat(answers.get(4).get("description").asString())
        .isEqualTo("Object alias with id @alias does not exist");
    assertThat(answers.get(5).get("description").asString())
        .isEqualTo("Key 'favorite' is required");
  }

  private static JsonNode first(ArrayNode answers) {
    assertThat(answers.get(0).get("proc").asString()).as(answers.toString()).isEqualTo("ok");
    return answers.get(0);
  }

  private static long folder(String title, long parent) {
    return server
        .ok(
            "{\"type\":\"create\",\"obj\":\"folder\",\"title\":\"%s\",\"folder_id\":%d}"
                .formatted(title, parent))
        .get("obj_id")
        .asLong();
  }

  private static List<String> titles(ObjectNode answer) {
    List<String> titles = new ArrayList<>();
    answer.get("list").forEach(item -> titles.add(item.get("title").asString()));
    return titles;
  }
}
