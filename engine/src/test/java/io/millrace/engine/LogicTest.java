package io.millrace.engine;

import static io.millrace.engine.EngineFixture.end;
import static io.millrace.engine.EngineFixture.go;
import static io.millrace.engine.EngineFixture.json;
import static io.millrace.engine.EngineFixture.node;
import static io.millrace.engine.EngineFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.EffectResult.HttpFailure;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.json.Json;
import io.millrace.engine.view.TaskView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What each logic does with a task: result, exits and error parameters of {@code logics.md}. */
class LogicTest {
  private static final long P = 100;
  private static final long TARGET = 200;
  private EngineFixture engine = new EngineFixture();

  /** Start, the logic at 02 with success to 03 and errors to 04. */
  private void deploy(String logic) {
    String withError = logic.replaceFirst("}$", ",'err_node_id':'@04'}");
    engine.deploy(
        P, start("02"), node("02", 0, withError + "," + go("03"), ""), end("03"), end("04"));
  }

  // --- set_param --------------------------------------------------------------------------------

  @Test
  void setParamRendersEverythingBeforeItWritesAnything() {
    deploy(
        "{'type':'set_param','extra':{'a':'{{b}}','b':'{{a}}','deep.x[1]':'$.math({{n}}+1)'},"
            + "'extra_type':{'a':'string','b':'string','deep.x[1]':'number'}}");
    TaskId task = engine.create(P, "{'a':'1','b':'2','n':41}");

    assertThat(engine.data(P, task))
        .isEqualTo(json("{'a':'2','b':'1','n':41,'deep':{'x':[null,42]}}"));
    assertThat(engine.place(P, task)).isEqualTo("03");
  }

  @Test
  void aFailedConversionWritesNothingButTheErrorAndLeavesByTheErrorExit() {
    deploy(
        "{'type':'set_param','extra':{'ok':'1','n':'{{text}}'},"
            + "'extra_type':{'ok':'string','n':'number'}}");
    TaskId task = engine.create(P, "{'text':'abc'}");

    ObjectNode data = engine.data(P, task);
    assertThat(engine.place(P, task)).isEqualTo("04");
    assertThat(data.has("ok")).isFalse();
    assertThat(data.path("__conveyor_set_param_return_type_error__").asString())
        .isEqualTo("software");
    assertThat(data.path("__conveyor_set_param_return_type_tag__").asString())
        .isEqualTo("set_param_wrong_convert_param");
    assertThat(data.path("__conveyor_set_param_return_description__").asString())
        .isEqualTo("Param: n, Value: abc, Try convert to: number")
        .isEqualTo(data.path("__conveyor_set_param_return_type_description__").asString());
  }

  @Test
  void withoutAnErrorExitTheNextLogicDecides() {
    engine.deploy(
        P,
        start("02"),
        node(
            "02",
            0,
            "{'type':'set_param','extra':{'n':'x'},'extra_type':{'n':'number'}},"
                + "{'type':'go_if_const','to_node_id':'@04','conditions':[{'param':"
                + "'__conveyor_set_param_return_type_error__','const':'software','fun':'eq'}]},"
                + go("03"),
            ""),
        end("03"),
        end("04"));
    assertThat(engine.place(P, engine.create(P, "{}"))).isEqualTo("04");
  }

  @Test
  void aTaskThatGrowsTooLargeKeepsItsDataAndLeavesByTheErrorExit() {
    EngineSettings d = EngineSettings.DEFAULT;
    engine =
        new EngineFixture(
            1,
            new EngineSettings(
                200, 200, 1_000, 50, 10_000, 30, 60_000, 1_000, 1_000, 5, 100, false, false,
                d.zone()));
    deploy("{'type':'set_param','extra':{'b':'{{a}}{{a}}'},'extra_type':{'b':'string'}}");
    TaskId small = engine.create(P, "{'a':'" + "x".repeat(50) + "'}");
    TaskId large = engine.create(P, "{'a':'" + "x".repeat(90) + "'}");

    assertThat(engine.place(P, small)).isEqualTo("03");
    assertThat(engine.place(P, large)).isEqualTo("04");
    assertThat(engine.data(P, large).has("b")).isFalse();
    assertThat(engine.data(P, large).path("__conveyor_set_param_return_type_tag__").asString())
        .isEqualTo("set_param_size_overflow_limit");
  }

  @Test
  void rootValuesAreThere() {
    deploy(
        "{'type':'set_param','extra':{'id':'{{root.task_id}}','ref':'{{root.ref}}',"
            + "'conv':'{{root.conv_id}}','node':'{{root.node_id}}','prev':'{{root.prev_node_id}}',"
            + "'at':'{{root.create_time}}','none':'{{root.parent_id}}'},'extra_type':{'id':'string',"
            + "'ref':'string','conv':'number','node':'string','prev':'string','at':'number',"
            + "'none':'string'}}");
    TaskId task = engine.created(P, "r-1", "{}");
    ObjectNode data = engine.data(P, task);
    assertThat(data.path("id").asString()).isEqualTo(task.toString());
    assertThat(data.path("ref").asString()).isEqualTo("r-1");
    assertThat(data.path("conv").asLong()).isEqualTo(P);
    assertThat(data.path("node").asString()).isEqualTo(node("02"));
    assertThat(data.path("prev").asString()).isEqualTo(node("01"));
    assertThat(data.path("at").asLong()).isEqualTo(EngineFixture.START_MILLIS / 1000);
    assertThat(data.path("none").asString()).isEmpty();
  }

  // --- api_copy ---------------------------------------------------------------------------------

  private void target() {
    engine.deploy(TARGET, start("02"), node("02", 0, "", ""), end("03"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void copyCreatesATaskElsewhereAndNotesTheOutcome(int partitions) {
    engine = new EngineFixture(partitions, EngineSettings.DEFAULT);
    target();
    deploy(
        "{'type':'api_copy','mode':'create','conv_id':'{{to}}','ref':'copy-{{n}}','group':'all',"
            + "'data':{'n':'{{n}}0','more.x':'1'},'data_type':{'n':'number','more.x':'string'}}");
    for (int n = 1; n <= 5; n++) {
      TaskId task = engine.create(P, "{'n':" + n + ",'to':" + TARGET + "}");
      assertThat(engine.place(P, task)).isEqualTo("03");
      assertThat(engine.data(P, task).path("__conveyor_copy_task_result__").asString())
          .isEqualTo("ok");
    }
    assertThat(engine.tasks(TARGET, "02"))
        .extracting(TaskView::reference)
        .containsExactlyInAnyOrder("copy-1", "copy-2", "copy-3", "copy-4", "copy-5");
    assertThat(engine.tasks(TARGET, "02"))
        .filteredOn(t -> "copy-2".equals(t.reference()))
        .extracting(TaskView::data)
        .containsExactly((ObjectNode) json("{'n':20,'to':200,'more':{'x':'1'}}"));
  }

  @Test
  void aCopyWithoutGroupSendsOnlyItsOwnData() {
    target();
    deploy("{'type':'api_copy','conv_id':200,'data':{'a':'{{a}}'},'data_type':{'a':'string'}}");
    engine.create(P, "{'a':'1','secret':'2'}");
    assertThat(engine.tasks(TARGET, "02").getFirst().data()).isEqualTo(json("{'a':'1'}"));
  }

  @ParameterizedTest
  @CsvSource({
    "paused, conveyor_is_not_active, conveyor is not active, software",
    "missing, conveyor_is_not_active, conveyor is not active, software",
    "foreign, access_denied, 'user: 7, conv_id: 200', software",
    "params, wrong_validate_params, 'Param: must, Error: required', software",
    "duplicate, not_unical_ref, not unical reference, software",
  })
  void copyFailuresHaveTheDocumentedTags(
      String situation, String tag, String description, String error) {
    for (int partitions : new int[] {1, 4}) {
      engine = new EngineFixture(partitions, EngineSettings.DEFAULT);
      arrange(situation);
      deploy("{'type':'api_copy','mode':'create','conv_id':200,'ref':'same','data':{}}");
      TaskId task = engine.create(P, "{}");

      ObjectNode data = engine.data(P, task);
      assertThat(engine.place(P, task)).isEqualTo("04");
      assertThat(data.path("__conveyor_copy_task_return_type_tag__").asString()).isEqualTo(tag);
      assertThat(data.path("__conveyor_copy_task_return_description__").asString())
          .isEqualTo(description);
      assertThat(data.path("__conveyor_copy_task_return_type_error__").asString()).isEqualTo(error);
      assertThat(data.path("__conveyor_copy_task_result__").asString()).isEqualTo(tag);
    }
  }

  private void arrange(String situation) {
    switch (situation) {
      case "paused" -> {
        target();
        engine.status(TARGET, ProcessStatus.PAUSED);
      }
      case "foreign" -> {
        target();
        ProcessSource s = engine.source(TARGET);
        engine.put(
            new ProcessSource(
                TARGET,
                0,
                s.title(),
                false,
                s.status(),
                s.params(),
                s.scheme(),
                99,
                List.of(8L),
                30,
                Json.object()));
      }
      case "params" ->
          engine.deploy(
              TARGET,
              false,
              "[{'name':'must','type':'string','descr':'','flags':['required','input'],"
                  + "'regex':'','regex_error_text':''}]",
              start("03"),
              end("03"));
      case "duplicate" -> {
        target();
        engine.created(TARGET, "same", "{}");
      }
      default -> assertThat(situation).isEqualTo("missing");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "state, true, 03, ''",
    "state, false, 03, ''",
    "resting, true, 04, no_api_callback_in_node_with_task",
    "resting, false, 03, ''",
    "nobody, true, 04, not_found_task",
    "nobody, false, 04, not_found_task",
  })
  void modifyTaskFollowsTheRulesOfSynchronousCallbacks(
      String where, boolean sync, String exit, String tag) {
    for (int partitions : new int[] {1, 4}) {
      engine = new EngineFixture(partitions, EngineSettings.DEFAULT);
      String logics =
          where.equals("state") ? "{'type':'api_callback'},{'type':'go','to_node_id':'@02'}" : "";
      engine.deployState(TARGET, start("02"), node("02", 0, logics, ""));
      TaskId other = engine.created(TARGET, where.equals("nobody") ? "else" : "u1", "{'a':1}");
      deploy(
          "{'type':'api_copy','mode':'modify','conv_id':200,'ref':'u1','is_sync':"
              + sync
              + ",'data':{'b':'2'},'data_type':{'b':'number'}}");
      TaskId task = engine.create(P, "{}");

      assertThat(engine.place(P, task)).isEqualTo(exit);
      assertThat(engine.data(P, task).path("__conveyor_copy_task_return_type_tag__").asString(""))
          .isEqualTo(tag);
      assertThat(engine.data(P, task).path("__conveyor_modify_task_return_type_tag__").asString(""))
          .isEqualTo(tag);
      assertThat(engine.data(TARGET, other))
          .isEqualTo(json(exit.equals("03") ? "{'a':1,'b':2}" : "{'a':1}"));
    }
  }

  // --- api --------------------------------------------------------------------------------------

  private static final String PLAIN_CALL =
      "{'type':'api','method':'POST','url':'https://example.test/o?x={{q}}','format':'',"
          + "'content_type':'application/json','extra':{'id':'{{id}}','a.b':'t'},"
          + "'extra_type':{'id':'number','a.b':'string'},'extra_headers':{'X-Key':'k {{id}}'},"
          + "'send_sys':false}";

  private Effect.HttpCall call() {
    return (Effect.HttpCall) engine.effects.getLast();
  }

  @Test
  void aCallIsBuiltFromItsParameters() {
    deploy(PLAIN_CALL);
    TaskId task = engine.create(P, "{'id':7,'q':'a b'}");

    assertThat(call().method()).isEqualTo("POST");
    assertThat(call().url()).isEqualTo("https://example.test/o?x=a%20b");
    assertThat(new String(call().body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":7,\"a.b\":\"t\"}");
    assertThat(call().headers())
        .contains(
            new Effect.Header("X-Key", "k 7"),
            new Effect.Header("Content-Type", "application/json; charset=utf-8"),
            new Effect.Header("X-Corezoid-TaskID", task.toString()));
    assertThat(call().id().text()).isEqualTo(task + "-2-0");
    assertThat(engine.existing(P, task).status()).isEqualTo("processing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void queryMethodsPutParametersIntoTheAddress(String method) {
    deploy(
        "{'type':'api','method':'"
            + method
            + "','url':'https://example.test/o?x=1#f',"
            + "'extra':{'n':'{{n}}','o':'{{o}}'},'extra_type':{'n':'number','o':'object'},"
            + "'send_sys':false}");
    engine.create(P, "{'n':1.5,'o':{'k':'ü'}}");
    assertThat(call().url())
        .isEqualTo("https://example.test/o?x=1&n=1.5&o=%7B%22k%22%3A%22%C3%BC%22%7D");
    assertThat(call().body()).isNull();
  }

  @Test
  void aRawBodyIsSentAsWritten() {
    deploy(
        "{'type':'api','method':'PUT','url':'https://example.test/','format':'raw',"
            + "'raw_body':'<a>{{n}}</a>','extra_headers':{'content-type':'text/xml'},"
            + "'send_sys':false}");
    engine.create(P, "{'n':5}");
    assertThat(new String(call().body(), StandardCharsets.UTF_8)).isEqualTo("<a>5</a>");
    assertThat(call().headers()).contains(new Effect.Header("content-type", "text/xml"));
  }

  @Test
  void systemParametersAreSignedOverTheBytesSent() {
    deploy(
        "{'type':'api','method':'POST','url':'https://example.test/o','extra':{},"
            + "'send_sys':true,'api_secret_outer':'s3cret'}");
    engine.create(P, "{}");
    String body = new String(call().body(), StandardCharsets.UTF_8);
    assertThat(body).isEqualTo("{}");
    String time = Long.toString(EngineFixture.START_MILLIS / 1000);
    assertThat(call().url())
        .isEqualTo(
            "https://example.test/o?conv_signature="
                + sha1(time + "s3cret" + body + "s3cret")
                + "&conv_time="
                + time
                + "&conv_id=100");
  }

  @Test
  void anAddressOfTheApiItselfIsSignedInItsPath() {
    deploy(
        "{'type':'api','method':'POST','url':'https://example.test/api/2/json/123',"
            + "'extra':{'ops':'[]'},'extra_type':{'ops':'array'},'api_secret_outer':'k'}");
    engine.create(P, "{}");
    String time = Long.toString(EngineFixture.START_MILLIS / 1000);
    assertThat(call().url())
        .isEqualTo(
            "https://example.test/api/2/json/123/" + time + "/" + sha1(time + "k{\"ops\":[]}k"));
  }

  private static String sha1(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-1")
                  .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {'data':{'id':42}} | 03 | {'data':{'id':42}}",
        "201 | [1,2] | 03 | {'__conveyor_api_array__':[1,2]}",
        "202 | '' | 03 | {}",
        "204 | '' | 03 | {}",
        "200 | {'n':9007199254740993} | 03 | {'n':9007199254740993}",
      })
  void answersAreTakenIntoTheTask(int status, String body, String exit, String data) {
    deploy(PLAIN_CALL);
    TaskId task = engine.create(P, "{'id':1,'q':''}");
    engine.answerJson(status, body);
    assertThat(engine.place(P, task)).isEqualTo(exit);
    ObjectNode expected = (ObjectNode) json(data);
    expected.put("id", 1).put("q", "");
    assertThat(engine.data(P, task)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | '' | api_no_valid_json | Not valid http result json()",
        "200 | ok | api_no_valid_json | Not valid http result json(ok)",
        "200 | 5 | api_no_valid_json | Not valid http result json(5)",
        "500 | {'why':'x'} | api_bad_answer | {\"why\":\"x\"}",
        "302 | moved | api_bad_answer | moved",
      })
  void badAnswersLeaveByTheErrorExit(int status, String body, String tag, String description) {
    deploy(PLAIN_CALL);
    TaskId task = engine.create(P, "{'id':1,'q':''}");
    engine.answerJson(status, body);
    ObjectNode data = engine.data(P, task);
    assertThat(engine.place(P, task)).isEqualTo("04");
    assertThat(data.path("__conveyor_api_return_type_tag__").asString()).isEqualTo(tag);
    assertThat(data.path("__conveyor_api_return_description__").asString()).isEqualTo(description);
    if (tag.equals("api_bad_answer")) {
      assertThat(data.path("__conveyor_api_return_http_code__").asInt()).isEqualTo(status);
      assertThat(data.path("__conveyor_api_return_code__").asInt()).isEqualTo(status);
    }
    assertThat(data.has("why")).isEqualTo(body.contains("why"));
  }

  @ParameterizedTest
  @EnumSource(HttpFailure.class)
  void failuresOfTheConnectionHaveTheirTags(HttpFailure failure) {
    deploy(PLAIN_CALL);
    TaskId task = engine.create(P, "{'id':1,'q':''}");
    engine.answer(new EffectResult.HttpFailed(failure, "detail"));
    String[] expected =
        switch (failure) {
          case TIMEOUT -> new String[] {"software", "api_bad_answer", "timeout"};
          case CONNECT -> new String[] {"software", "api_bad_answer", "failed_connect"};
          case BLOCKED -> new String[] {"software", "api_bad_answer", "failed_connect: detail"};
          case TOO_LARGE ->
              new String[] {
                "software",
                "api_task_size_overflow_limit",
                "The answer is larger than 5242880 bytes"
              };
          case INVALID_REQUEST ->
              new String[] {"hardware", "api_bind_error", "Error bind params to http query"};
          case INTERNAL -> new String[] {"hardware", "api_fatal_error", "Error running api"};
        };
    ObjectNode data = engine.data(P, task);
    assertThat(
            List.of(
                data.path("__conveyor_api_return_type_error__").asString(),
                data.path("__conveyor_api_return_type_tag__").asString(),
                data.path("__conveyor_api_return_description__").asString()))
        .containsExactly(expected);
    assertThat(engine.place(P, task)).isEqualTo("04");
  }

  @Test
  void debugInformationTellsOfTheExchange() {
    deploy(PLAIN_CALL.replaceFirst("}$", ",'debug_info':true}"));
    TaskId task = engine.create(P, "{'id':7,'q':''}");
    engine.answerJson(200, "{'r':1}");
    assertThat(engine.data(P, task).path("__conveyor_api_debug__"))
        .isEqualTo(
            json(
                "{'http_exec_time':1.234,'http_req_body_size':18,'http_res_code':200,"
                    + "'http_res_body_size':7}"));
  }

  @Test
  void anAddressWithoutSchemeIsAnError() {
    deploy("{'type':'api','method':'GET','url':'{{url}}'}");
    TaskId task = engine.create(P, "{'url':'example.test'}");
    assertThat(engine.data(P, task).path("__conveyor_api_return_description__").asString())
        .isEqualTo("no_scheme");
    assertThat(engine.effects).isEmpty();
  }

  @Test
  void aCustomisedResponseMapsHeaderAndBody() {
    deploy(
        "{'type':'api','method':'GET','url':'https://example.test/','customize_response':true,"
            + "'response':{'all':'{{body}}','raw':'{{body}}','id':'{{body.data.id}}',"
            + "'none':'{{body.data.nope}}','list':'{{body.data}}','type':'{{header.content-type}}'},"
            + "'response_type':{'all':'object','raw':'string','id':'number','none':'string',"
            + "'list':'array','type':'string'}}");
    TaskId task = engine.create(P, "{}");
    engine.answerJson(200, "{'data': {'id':42}}");
    assertThat(engine.place(P, task)).isEqualTo("03");
    assertThat(engine.data(P, task))
        .isEqualTo(
            json(
                "{'all':{'data':{'id':42}},'raw':'{\\'data\\': {\\'id\\':42}}','id':42,'none':'',"
                    + "'list':[{'id':42}],'type':'application/json'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'request_proc':'ok','ops':[{'proc':'ok','res_data':{'r':1}}]} | 03 | ''",
        "{'ops':[]} | 04 | api_no_request_proc",
        "{'request_proc':'ok','ops':[]} | 04 | api_no_ops",
        "{'request_proc':'ok','ops':[{'proc':'ok','res_data':5}]} | 04 | api_bad_res_data",
        "{'request_proc':'ok','ops':[{'proc':'fail','res_data':{'error':'e'}}]} | 04 | api_bad_answer",
      })
  void theEnginesOwnFormatIsSpokenAndChecked(String answer, String exit, String tag) {
    deploy(
        "{'type':'api','url':'https://example.test/c','format':'conveyor','extra':{'x':'1'},"
            + "'extra_type':{'x':'number'}}");
    TaskId task = engine.create(P, "{'a':'b'}");
    assertThat(Json.parse(call().body()).path("ops").path(0).path("extra").path("x").asInt())
        .isEqualTo(1);
    engine.answerJson(200, answer);
    assertThat(engine.place(P, task)).isEqualTo(exit);
    assertThat(engine.data(P, task).path("__conveyor_api_return_type_tag__").asString(""))
        .isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void onlySoManyCallsOfANodeRunAtOnceAndTheOthersWaitInLine(int partitions) {
    engine = new EngineFixture(partitions, EngineSettings.DEFAULT);
    deploy(PLAIN_CALL.replaceFirst("}$", ",'max_threads':2}"));
    for (int i = 0; i < 5; i++) {
      engine.create(P, "{'id':" + i + ",'q':''}");
    }
    assertThat(engine.effects).hasSize(2);
    for (int i = 0; i < 5; i++) {
      assertThat(engine.effects.size()).isLessThanOrEqualTo(2);
      engine.answer(engine.effects.getFirst(), ok());
    }
    assertThat(engine.tasks(P, "03")).hasSize(5);
  }

  @Test
  void waitingForAPermitEnds() {
    deploy(PLAIN_CALL.replaceFirst("}$", ",'max_threads':1}"));
    engine.create(P, "{'id':1,'q':''}");
    TaskId second = engine.create(P, "{'id':2,'q':''}");
    engine.pass(600_000);
    assertThat(engine.place(P, second)).isEqualTo("04");
    assertThat(engine.data(P, second).path("__conveyor_api_return_type_tag__").asString())
        .isEqualTo("api_expire_query");
    engine.answer(ok());
    TaskId third = engine.create(P, "{'id':3,'q':''}");
    assertThat(engine.effects).hasSize(1);
    assertThat(engine.effects.getFirst().id().task()).isEqualTo(third);
  }

  @Test
  void aTimeLimitWinsOverACallAndTheLateAnswerIsIgnored() {
    engine.deploy(
        P,
        start("02"),
        node("02", 0, PLAIN_CALL + "," + go("03"), "{'type':'time','value':30,'to_node_id':'@04'}"),
        end("03"),
        end("04"));
    TaskId task = engine.create(P, "{'id':1,'q':''}");
    Effect late = engine.effects.getLast();
    engine.pass(30_000);
    assertThat(engine.place(P, task)).isEqualTo("04");
    assertThat(engine.cancelled).containsExactly(late.id());

    engine.answer(late, ok());
    assertThat(engine.data(P, task)).isEqualTo(json("{'id':1,'q':''}"));
  }

  private static EffectResult ok() {
    return new EffectResult.HttpAnswer(200, List.of(), "{}".getBytes(StandardCharsets.UTF_8), 1);
  }

  // --- millrace_notify --------------------------------------------------------------------------

  private static final String NOTIFY =
      "{'type':'millrace_notify','channel':'slack','recipients':['#sec','a@b.test; c@d.test'],"
          + "'title':'Root used in {{acc}}','text':'by {{who}}','severity':'HIGH',"
          + "'fields':{'Account':'{{acc}}'},'dedup_key':'root-{{acc}}'}";

  @Test
  void notifyAsksForAnAlertAndGoesOnWhenItIsDelivered() {
    deploy(NOTIFY);
    TaskId task = engine.create(P, "{'acc':'1234','who':'bob'}");

    Effect.Notify asked = (Effect.Notify) engine.effects.getLast();
    assertThat(asked.channel()).isEqualTo("slack");
    assertThat(asked.recipients()).containsExactly("#sec", "a@b.test", "c@d.test");
    assertThat(asked.title()).isEqualTo("Root used in 1234");
    assertThat(asked.text()).isEqualTo("by bob");
    assertThat(asked.severity()).isEqualTo("high");
    assertThat(asked.fields()).containsEntry("Account", "1234");
    assertThat(asked.dedupKey()).isEqualTo("root-1234");
    engine.answer(new EffectResult.Notified("m-1"));
    assertThat(engine.place(P, task)).isEqualTo("03");
    assertThat(engine.data(P, task).path("__millrace_notify_result__").asString()).isEqualTo("ok");
  }

  @Test
  void anAlertThatIsGivenUpLeavesByTheErrorExit() {
    deploy(NOTIFY);
    TaskId task = engine.create(P, "{}");
    engine.answer(new EffectResult.NotifyFailed("notify_rejected", "channel_not_found"));
    assertThat(engine.place(P, task)).isEqualTo("04");
    assertThat(engine.data(P, task).path("__conveyor_notify_return_type_tag__").asString())
        .isEqualTo("notify_rejected");
  }
}
