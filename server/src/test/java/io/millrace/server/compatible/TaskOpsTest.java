package io.millrace.server.compatible;

import static io.millrace.server.ServerFixture.ADMIN_LOGIN;
import static io.millrace.server.ServerFixture.ADMIN_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Reply;
import io.millrace.server.ServerFixture;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TaskOpsTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  /** Tasks wait in its one node until they are modified. */
  private static long waiting;

  private static String waitingNode = "";
  private static long passing;

  @BeforeAll
  static void makeProcesses() {
    passing = server.process("Passing");
    waiting = Processes.waiting(server, "Waiting");
    waitingNode = Processes.node(server, waiting, "Wait");
  }

  @AfterEach
  void acceptTasksAgain() {
    server.host().refuseTasks(null, 0);
  }

  @Test
  void aDuplicateReferenceIsRefusedAndTheOthersGoOn() {
    ArrayNode answers =
        server.ops(
            """
            {"id":"1","type":"create","obj":"task","conv_id":%1$d,"ref":"inv-501","data":{"amount":120}},
            {"id":"2","type":"create","obj":"task","conv_id":"%1$d","ref":"inv-501","data":{"amount":7}},
            {"id":3,"type":"create","obj":"task","conv_id":%1$d,"data":[]}\
            """
                .formatted(waiting));
    assertThat(answers.get(0).path("proc").asString()).isEqualTo("ok");
    assertThat(answers.get(0).path("ref").asString()).isEqualTo("inv-501");
    assertThat(answers.get(0).path("obj_id").asString()).hasSize(24);
    assertThat(answers.get(1).toString())
        .isEqualTo(
            "{\"id\":\"2\",\"proc\":\"error\",\"obj\":\"task\",\"ref\":\"inv-501\","
                + "\"description\":\"not unical reference\"}");
    assertThat(answers.get(2).path("id").asInt()).isEqualTo(3);
    assertThat(answers.get(2).has("ref")).isTrue();
    assertThat(answers.get(2).get("ref").isNull()).isTrue();
  }

  @Test
  void creatingOnceAnswersTheTaskThatIsThere() {
    ArrayNode answers =
        server.ops(
            """
            {"type":"create","obj":"task","conv_id":%1$d,"ref":"event-9","once":true,"data":{"n":1}},
            {"type":"create","obj":"task","conv_id":%1$d,"ref":"event-9","once":true,"data":{"n":2}}\
            """
                .formatted(waiting));
    assertThat(answers.get(0).has("existed")).isFalse();
    assertThat(answers.get(1).path("proc").asString()).isEqualTo("ok");
    assertThat(answers.get(1).path("existed").asBoolean()).isTrue();
    assertThat(answers.get(1).get("obj_id")).isEqualTo(answers.get(0).get("obj_id"));
  }

  @Test
  void aTaskIsShownAsItIs() {
    ObjectNode made = create(waiting, "\"ref\":\"shown-1\",\"data\":{\"a\":1,\"b\":null}");
    for (String type : List.of("show", "get")) {
      ObjectNode shown =
          server.ok(
              "{\"type\":\"%s\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"shown-1\"}"
                  .formatted(type, waiting));
      assertThat(shown.get("obj_id")).isEqualTo(made.get("obj_id"));
      assertThat(shown.get("task_id")).isEqualTo(made.get("obj_id"));
      assertThat(shown.get("ref").asString()).isEqualTo("shown-1");
      assertThat(shown.get("status").asString()).isEqualTo("delayed");
      assertThat(shown.get("node_id").asString()).isEqualTo(waitingNode);
      assertThat(shown.get("node_prev_id").asString()).hasSize(24);
      assertThat(shown.get("data").toString()).isEqualTo("{\"a\":1,\"b\":null}");
      assertThat(shown.get("create_time").asLong()).isGreaterThan(1_700_000_000L);
    }
  }

  @Test
  void modifyMergesAndMovesTheTaskOn() {
    ObjectNode made = create(waiting, "\"ref\":\"mod-1\",\"data\":{\"a\":1,\"b\":2}");
    ObjectNode modified =
        server.ok(
            "{\"type\":\"modify\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"mod-1\",\"data\":{\"b\":3}}"
                .formatted(waiting));
    assertThat(modified.get("obj_id")).isEqualTo(made.get("obj_id"));
    assertThat(modified.get("ref").asString()).isEqualTo("mod-1");
    ObjectNode shown = show(waiting, made.get("obj_id").asString());
    assertThat(shown.get("status").asString()).isEqualTo("processed");
    assertThat(shown.get("data").toString()).isEqualTo("{\"a\":1,\"b\":3}");
  }

  @Test
  void anUnknownTaskIsNotFoundAndTheAnswerHasAReference() {
    ArrayNode answers =
        server.ops(
            """
            {"type":"modify","obj":"task","conv_id":%1$d,"ref":"nobody","data":{}},
            {"type":"show","obj":"task","conv_id":%1$d,"ref":"nobody"},
            {"type":"delete","obj":"task","conv_id":%1$d,"obj_id":"000000000000000000000000"}\
            """
                .formatted(waiting));
    for (JsonNode answer : answers) {
      assertThat(answer.get("proc").asString()).isEqualTo("error");
      assertThat(answer.get("description").asString()).isEqualTo("not_found_task");
      assertThat(answer.has("ref")).isTrue();
    }
    assertThat(answers.get(0).get("ref").asString()).isEqualTo("nobody");
  }

  @Test
  void deleteAsksForTheRightNode() {
    ObjectNode made = create(waiting, "\"ref\":\"del-1\",\"data\":{}");
    String id = made.get("obj_id").asString();
    String op =
        "{\"type\":\"delete\",\"obj\":\"task\",\"conv_id\":%d,\"obj_id\":\"%s\",\"node_id\":\"%s\"}";
    assertThat(server.op(op.formatted(waiting, id, "aaaaaaaaaaaaaaaaaaaaaaaa")).get("description"))
        .hasToString("\"not_found_task\"");
    ObjectNode deleted = server.ok(op.formatted(waiting, id, waitingNode));
    assertThat(deleted.get("obj_id").asString()).isEqualTo(id);
    assertThat(deleted.get("ref").asString()).isEqualTo("del-1");
  }

  @Test
  void listsTheTasksOfANodeInPages() {
    long process = Processes.waiting(server, "Listed");
    String node = Processes.node(server, process, "Wait");
    for (int i = 1; i <= 5; i++) {
      create(process, "\"ref\":\"l-%d\",\"data\":{\"n\":%d}".formatted(i, i));
    }
    String op = "{\"type\":\"list\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"%s\",%s}";
    ObjectNode page =
        server.ok(op.formatted(process, node, "\"limit\":2,\"offset\":1,\"sort\":\"ASC\""));
    assertThat(page.get("count").asInt()).isEqualTo(5);
    assertThat(page.get("count_delayed").asInt()).isEqualTo(5);
    assertThat(page.get("count_created").asInt()).isZero();
    assertThat(refs(page)).containsExactly("l-2", "l-3");
    assertThat(refs(server.ok(op.formatted(process, node, "\"limit\":\"2\",\"sort\":\"DESC\""))))
        .containsExactly("l-5", "l-4");
    String filters = "\"filters\":[{\"name\":\"ref\",\"value\":\"l-4\",\"fun\":\"eq\"}]";
    assertThat(refs(server.ok(op.formatted(process, node, filters)))).containsExactly("l-4");
  }

  @Test
  void theHistoryIsThePathOldestFirst() {
    ObjectNode made = create(passing, "\"data\":{\"x\":1}");
    ObjectNode history =
        server.ok(
            "{\"type\":\"list\",\"obj\":\"task_history\",\"conv_id\":%d,\"obj_id\":\"%s\"}"
                .formatted(passing, made.get("obj_id").asString()));
    JsonNode list = history.get("list");
    assertThat(list).hasSize(2);
    assertThat(list.get(0).get("history_id").asInt()).isEqualTo(1);
    assertThat(list.get(0).get("node_prev_id").isNull()).isTrue();
    assertThat(list.get(1).get("node_prev_id")).isEqualTo(list.get(0).get("node_id"));
    assertThat(list.get(1).get("status").asString()).isEqualTo("processed");
    assertThat(list.get(1).get("data").toString()).isEqualTo("{\"x\":1}");
    assertThat(list.get(0).get("create_time_ms").asLong()).isGreaterThan(1_700_000_000_000L);
  }

  @Test
  void resetSetsTheCounterOfAFinalNodeToZero() {
    long process = server.process("Reset");
    String end = Processes.node(server, process, "Final");
    create(process, "\"data\":{}");
    assertThat(count(process, end)).isEqualTo(1);
    server.ok(
        "{\"type\":\"reset\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"%s\"}"
            .formatted(process, end));
    assertThat(count(process, end)).isZero();
  }

  @Test
  void aShowAfterACreateInTheSameRequestSeesIt() {
    ArrayNode answers =
        server.ops(
            """
            {"type":"create","obj":"task","conv_id":%1$d,"ref":"mixed-1","data":{"a":1}},
            {"type":"show","obj":"task","conv_id":%1$d,"ref":"mixed-1"},
            {"type":"modify","obj":"task","conv_id":%1$d,"ref":"mixed-1","data":{"a":2}},
            {"type":"show","obj":"task","conv_id":%1$d,"ref":"mixed-1"}\
            """
                .formatted(waiting));
    assertThat(answers.get(1).get("data").toString()).isEqualTo("{\"a\":1}");
    assertThat(answers.get(3).get("data").toString()).isEqualTo("{\"a\":2}");
    assertThat(answers.get(3).get("status").asString()).isEqualTo("processed");
  }

  @Test
  void twoThousandOperationsAreAnsweredInTheirOrder() {
    List<String> ops = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ops.add(
          "{\"id\":\"%d\",\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{\"n\":%d,\"nested\":{\"x\":null,\"t\":\"Żółw\"}}}"
              .formatted(i, passing, i));
    }
    ArrayNode answers = server.ops(1, ADMIN_LOGIN, ADMIN_SECRET, String.join(",", ops));
    assertThat(answers).hasSize(2_000);
    for (int i = 0; i < 2_000; i++) {
      assertThat(answers.get(i).get("id").asString()).isEqualTo(Integer.toString(i));
      assertThat(answers.get(i).get("proc").asString()).isEqualTo("ok");
    }
  }

  @Test
  void referencesAreCheckedAndNumbersBecomeText() {
    ArrayNode answers =
        server.ops(
            """
            {"type":"create","obj":"task","conv_id":%1$d,"ref":987654321,"data":{}},
            {"type":"create","obj":"task","conv_id":%1$d,"ref":"","data":{}},
            {"type":"create","obj":"task","conv_id":%1$d,"ref":"%2$s","data":{}},
            {"type":"create","obj":"task","conv_id":%1$d,"ref":{},"data":{}},
            {"type":"create","obj":"task","conv_id":%1$d,"data":"text"}\
            """
                .formatted(waiting, "x".repeat(256)));
    assertThat(answers.get(0).get("ref").isString()).isTrue();
    assertThat(answers.get(0).get("ref").asString()).isEqualTo("987654321");
    assertThat(answers.get(1).get("description").asString())
        .isEqualTo("Value is not valid. Value's byte_size is less than minimum allowed: 1");
    assertThat(answers.get(2).get("description").asString())
        .isEqualTo("Value is not valid. Value's byte_size is more than maximum allowed: 255");
    assertThat(answers.get(3).get("key").asString()).isEqualTo("ref");
    assertThat(answers.get(4).get("key").asString()).isEqualTo("data");
  }

  @Test
  void anInactiveProcessRefusesTasks() {
    long process = server.process("Paused");
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"conv\",\"obj_id\":%d,\"status\":\"paused\"}"
            .formatted(process));
    ObjectNode answer =
        server.op(
            "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process));
    assertThat(answer.get("description").asString()).isEqualTo("conveyor is not active");
    assertThat(answer.get("ref").isNull()).isTrue();
  }

  @Test
  void notFoundIsWordedByVersion() {
    String op = "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":99999999,\"data\":{}}";
    JsonNode first = server.ops(1, ADMIN_LOGIN, ADMIN_SECRET, op).get(0);
    JsonNode second = server.ops(2, ADMIN_LOGIN, ADMIN_SECRET, op).get(0);
    assertThat(first.get("proc").asString()).isEqualTo("obj_id_not_found");
    assertThat(second.get("proc").asString()).isEqualTo("error");
    assertThat(second.get("description").asString())
        .isEqualTo("Object conv with id 99999999 does not exist");
    assertThat(first.has("ref")).isTrue();
  }

  @Test
  void overloadOfAllIsAStatusAndOfSomeAnError() {
    String op =
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(passing);
    server.host().refuseTasks(new Reply.Overloaded(1_500), 0);
    HttpResponse<String> all = server.signed("/api/2/json", "{\"ops\":[" + op + "]}");
    assertThat(all.statusCode()).isEqualTo(429);
    assertThat(all.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(ServerFixture.json(all.body()).get("description").asString())
        .isEqualTo("Too many requests: limit is reached");

    server.host().refuseTasks(new Reply.Overloaded(1_500), 1);
    ArrayNode some = server.ops(op + "," + op);
    assertThat(some.get(0).get("proc").asString()).isEqualTo("ok");
    assertThat(some.get(1).get("description").asString())
        .isEqualTo("Too many requests: limit is reached");
  }

  @Test
  void anUnavailableEngineIsAStatus() {
    server.host().refuseTasks(new Reply.Unavailable("the disk is full"), 0);
    HttpResponse<String> answer =
        server.signed(
            "/api/2/json",
            "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}]}"
                .formatted(passing));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(ServerFixture.json(answer.body()).get("request_proc").asString()).isEqualTo("error");
  }

  @Test
  void theParameterContractIsEnforcedAndHidesWhatItMust() {
    long process = server.process("Contract");
    server.ok(
        """
        {"type":"modify","obj":"conv_params","obj_id":%d,"ref_mask":false,"params":[
          {"name":"email","type":"string","descr":"","flags":["required","input"],"regex":"@","regex_error_text":"no mail address"},
          {"name":"card","type":"string","descr":"","flags":["auto-clear"],"regex":"","regex_error_text":""}]}\
        """
            .formatted(process));
    String create = "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":%s}";
    assertThat(server.op(create.formatted(process, "{}")).get("description").asString())
        .isEqualTo("Param: email, Error: required");
    assertThat(
            server.op(create.formatted(process, "{\"email\":\"x\"}")).get("description").asString())
        .isEqualTo("Param: email, Error: no mail address");
    ObjectNode made = server.ok(create.formatted(process, "{\"email\":\"a@b\",\"card\":\"4111\"}"));
    assertThat(show(process, made.get("obj_id").asString()).get("data").toString())
        .isEqualTo("{\"email\":\"a@b\",\"card\":\"***\"}");
    ObjectNode listed =
        server.ok("{\"type\":\"list\",\"obj\":\"conv_params\",\"obj_id\":%d}".formatted(process));
    assertThat(listed.get("params")).hasSize(2);
    assertThat(listed.get("ref_mask").asBoolean()).isFalse();
  }

  private static ObjectNode create(long process, String members) {
    return server.ok(
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,%s}".formatted(process, members));
  }

  private static ObjectNode show(long process, String task) {
    return server.ok(
        "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"obj_id\":\"%s\",\"archive\":1}"
            .formatted(process, task));
  }

  private static long count(long process, String node) {
    return server
        .ok(
            "{\"type\":\"show\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"%s\"}"
                .formatted(process, node))
        .get("count")
        .asLong();
  }

  private static List<String> refs(ObjectNode page) {
    List<String> refs = new ArrayList<>();
    page.get("list").forEach(task -> refs.add(task.get("ref").asString()));
    return refs;
  }
}
