package io.millrace.engine;

import static io.millrace.engine.EngineFixture.end;
import static io.millrace.engine.EngineFixture.go;
import static io.millrace.engine.EngineFixture.json;
import static io.millrace.engine.EngineFixture.node;
import static io.millrace.engine.EngineFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Creating, moving, resting, finishing: what happens to a task apart from what logics do. */
class MovementTest {
  private static final String IF_A =
      "{'type':'go_if_const','to_node_id':'@03','conditions':"
          + "[{'param':'a','const':'1','fun':'eq','cast':'number'}]}";
  private static final long P = 100;

  private final EngineFixture engine = new EngineFixture();

  @Test
  void aTaskGoesFromStartToTheFinalNodeOfItsCondition() {
    engine.deploy(P, start("02"), node("02", 0, IF_A + "," + go("04"), ""), end("03"), end("04"));

    TaskId yes = engine.create(P, "{'a':1}");
    TaskId no = engine.create(P, "{'a':2}");

    assertThat(engine.path(P, yes)).containsExactly("01", "02", "03");
    assertThat(engine.path(P, no)).containsExactly("01", "02", "04");
    assertThat(engine.existing(P, yes).status()).isEqualTo("processed");
    assertThat(engine.existing(P, yes).archived()).isTrue();
    assertThat(engine.existing(P, yes).previousNodeId()).hasToString(node("02"));
  }

  @Test
  void countersCountEntriesLeavesAndWhatRests() {
    engine.deploy(P, start("02"), node("02", 0, "", ""), end("03"));
    engine.create(P, "{}");
    TaskId second = engine.create(P, "{}");
    engine.delete(P, second);

    assertThat(engine.counts(P, "01")).isEqualTo(new NodeCounts(2, 2, 0));
    assertThat(engine.counts(P, "02")).isEqualTo(new NodeCounts(2, 1, 1));
  }

  @Test
  void aReferenceIsTakenWhileItsTaskLivesAndFreeAfterwards() {
    engine.deploy(
        P,
        start("02"),
        node("02", 0, IF_A + "," + "{'type':'go','to_node_id':'@05'}", ""),
        end("03"),
        node("05", 0, "", ""));
    TaskId finished = engine.created(P, "r", "{'a':1}");
    TaskId resting = engine.created(P, "r", "{}");

    assertThat(resting).isNotEqualTo(finished);
    assertThat(engine.tryCreate(P, "r", "{}"))
        .isEqualTo(new Reply.Refused(Refusal.REFERENCE_TAKEN, "not unical reference"));
    assertThat(engine.snapshot(0).taskByReference(P, "r"))
        .extracting(TaskView::id)
        .isEqualTo(resting);
    engine.delete(P, resting);
    assertThat(engine.snapshot(0).taskByReference(P, "r")).isNull();
    assertThat(engine.task(P, finished)).isNotNull();
  }

  @Test
  void creatingOnceAnswersTheOlderTaskEvenWhenItHasFinished() {
    engine.deploy(P, start("03"), end("03"));
    TaskId first = engine.created(P, "event-1", "{'n':1}");

    Reply again =
        engine.tryCreate(
            P, "event-1", (tools.jackson.databind.node.ObjectNode) json("{'n':2}"), true);

    assertThat(again).isEqualTo(new Reply.Created(first, "event-1", true));
    assertThat(engine.counts(P, "03").in()).isEqualTo(1);
  }

  @Test
  void aTimeLimitMovesTheTaskWhenItIsDueAndNotEarlier() {
    engine.deploy(
        P,
        start("02"),
        node("02", 0, "", "{'type':'time','value':30,'dimension':'sec','to_node_id':'@03'}"),
        end("03"));
    TaskId task = engine.create(P, "{}");

    engine.pass(29_999);
    assertThat(engine.place(P, task)).isEqualTo("02");
    assertThat(engine.existing(P, task).status()).isEqualTo("delayed");
    engine.pass(1);
    assertThat(engine.place(P, task)).isEqualTo("03");
  }

  @Test
  void ofSeveralTimeLimitsTheEarliestWins() {
    engine.deploy(
        P,
        start("02"),
        node(
            "02",
            0,
            "",
            "{'type':'time','value':2,'dimension':'min','to_node_id':'@03'},"
                + "{'type':'time','value':'60','to_node_id':'@04'}"),
        end("03"),
        end("04"));
    TaskId task = engine.create(P, "{}");
    engine.pass(60_000);
    assertThat(engine.place(P, task)).isEqualTo("04");
  }

  @Test
  void aDynamicTimeLimitIsAnAbsoluteTime() {
    engine.deploy(
        P,
        start("02"),
        node("02", 0, "", "{'type':'time','value':'{{due}}','to_node_id':'@03'}"),
        end("03"));
    long due = EngineFixture.START_MILLIS / 1000 + 500;
    TaskId task = engine.create(P, "{'due':" + due + "}");
    TaskId past = engine.create(P, "{'due':1000}");
    TaskId bad = engine.create(P, "{'due':'soon'}");

    engine.pass(0);
    assertThat(engine.place(P, past)).isEqualTo("03");
    engine.pass(30_000);
    assertThat(engine.place(P, bad)).isEqualTo("03");
    assertThat(engine.events)
        .extracting(Event::kind)
        .containsExactly(Event.Kind.TIMER_VALUE_INVALID);
    engine.pass(469_999);
    assertThat(engine.place(P, task)).isEqualTo("02");
    engine.pass(1);
    assertThat(engine.place(P, task)).isEqualTo("03");
  }

  @Test
  void aPausedProcessRefusesTasksAndHoldsThoseInsideUntilItRunsAgain() {
    engine.deploy(
        P,
        start("02"),
        node("02", 0, "", "{'type':'time','value':30,'to_node_id':'@03'}"),
        end("03"));
    TaskId task = engine.create(P, "{}");
    engine.status(P, ProcessStatus.PAUSED);

    assertThat(engine.tryCreate(P, null, "{}"))
        .isEqualTo(new Reply.Refused(Refusal.PROCESS_NOT_ACTIVE, "conveyor is not active"));
    engine.pass(60_000);
    assertThat(engine.place(P, task)).isEqualTo("02");
    engine.status(P, ProcessStatus.ACTIVE);
    engine.pass(0);
    assertThat(engine.place(P, task)).isEqualTo("03");
  }

  @Test
  void aProcessThatWasNeverDeployedTakesTasksThatWaitForTheFirstDeploy() {
    engine.deploy(P);
    TaskId task = engine.create(P, "{}");
    assertThat(engine.existing(P, task).status()).isEqualTo("created");

    engine.deploy(P, start("03"), end("03"));
    assertThat(engine.place(P, task)).isEqualTo("03");
  }

  @Test
  void aTaskStaysInItsNodeOverADeployAndIsCanceledWhenTheNodeIsGone() {
    engine.deploy(
        P,
        start("02"),
        node("02", 0, "", "{'type':'time','value':30,'to_node_id':'@03'}"),
        end("03"));
    TaskId task = engine.create(P, "{}");
    engine.deploy(
        P,
        start("02"),
        node("02", 0, "", "{'type':'time','value':30,'to_node_id':'@04'}"),
        end("04"));
    engine.pass(30_000);
    assertThat(engine.place(P, task)).isEqualTo("04");

    TaskId other = engine.create(P, "{}");
    engine.deploy(P, start("04"), end("04"));
    assertThat(engine.existing(P, other).status()).isEqualTo("canceled");
    engine.pass(60_000);
    assertThat(engine.existing(P, other).status()).isEqualTo("canceled");
  }

  @Test
  void aFinalNodeThatKeepsNothingCountsAndForgets() {
    String forgets = end("03").replace("'options':null", "'options':'{\\\"save_task\\\":false}'");
    engine.deploy(P, start("03"), forgets);
    TaskId task = engine.created(P, "r", "{}");

    assertThat(engine.task(P, task)).isNull();
    assertThat(engine.counts(P, "03")).isEqualTo(new NodeCounts(1, 0, 1));
    assertThat(engine.created(P, "r", "{}")).isNotEqualTo(task);
  }

  @Test
  void aTaskThatGoesRoundIsStoppedWhereItIs() {
    engine.deploy(
        P, start("02"), node("02", 0, go("04"), ""), node("04", 0, go("02"), ""), end("03"));
    TaskId task = engine.create(P, "{}");

    assertThat(engine.existing(P, task).status()).isEqualTo("canceled");
    assertThat(engine.data(P, task)).isEmpty();
    assertThat(engine.events).extracting(Event::kind).containsExactly(Event.Kind.LOOP_STOPPED);
    assertThat(engine.counts(P, "02").in()).isBetween(50L, 60L);
  }

  @Test
  void aLongLoopYieldsAndIsStoppedByTheAbsoluteBound() {
    EngineSettings d = EngineSettings.DEFAULT;
    EngineFixture noGuard =
        new EngineFixture(
            1,
            new EngineSettings(
                d.taskBytesMaxProcess(),
                d.taskBytesMaxState(),
                10,
                0,
                500,
                d.timerMinimumSeconds(),
                d.httpTimeoutMillis(),
                d.httpResponseBytesMax(),
                d.permitWaitMillis(),
                d.permitsDefault(),
                5,
                false,
                false,
                d.zone()));
    noGuard.deploy(P, start("02"), node("02", 0, go("02"), ""), end("03"));
    TaskId task = noGuard.create(P, "{}");

    assertThat(noGuard.existing(P, task).status()).isEqualTo("canceled");
    assertThat(noGuard.counts(P, "02").in()).isEqualTo(500);
    assertThat(noGuard.path(P, task)).hasSize(5).startsWith("01");
  }

  @Test
  void aTaskCounterTellsOnceWhenTooManyRestAndOnceWhenItIsOver() {
    EngineFixture several = new EngineFixture(3, EngineSettings.DEFAULT);
    several.deploy(
        P,
        start("02"),
        node("02", 0, "", "{'type':'count','value':'3','esc_node_id':'@04'}"),
        end("03"),
        end("04"));
    TaskId one = several.create(P, "{}");
    several.create(P, "{}");
    assertThat(several.tasks(P, "04")).isEmpty();
    several.create(P, "{}");
    several.create(P, "{}");
    assertThat(several.tasks(P, "04"))
        .extracting(TaskView::data)
        .containsExactly((tools.jackson.databind.node.ObjectNode) json("{'start':'true'}"));
    several.delete(P, one);
    several.delete(P, several.tasks(P, "02").getFirst().id());

    assertThat(several.tasks(P, "04"))
        .extracting(task -> task.data().path("start").asString())
        .containsExactlyInAnyOrder("true", "false");
    assertThat(several.tasks(P, "04").getFirst().previousNodeId()).hasToString(node("02"));
  }

  @Test
  void removingAProcessLeavesNothing() {
    engine.deploy(
        P, start("02"), node("02", 0, IF_A + "," + go("05"), ""), end("03"), node("05", 0, "", ""));
    for (int i = 0; i < 30; i++) {
      engine.created(P, "r" + i, "{'a':" + i % 2 + "}");
    }
    engine.toAll(id -> new Command.RemoveProcess(id, P));

    for (var space : io.millrace.engine.state.Space.values()) {
      int left = space == io.millrace.engine.state.Space.INDEX ? 1 : 0;
      assertThat(engine.state(0).size(space)).as(space.name()).isEqualTo(left);
    }
    assertThat(engine.tryCreate(P, null, "{}")).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void resettingAFinalNodeEmptiesItsArchiveAndCounter() {
    engine.deploy(P, start("03"), end("03"));
    engine.created(P, "a", "{}");
    engine.toAll(id -> new Command.ResetNode(id, P, NodeId.of(node("03"))));

    assertThat(engine.tasks(P, "03")).isEmpty();
    assertThat(engine.counts(P, "03")).isEqualTo(new NodeCounts(1, 0, 0));
    engine.pass(1);
    engine.created(P, "a", "{}");
    assertThat(engine.tasks(P, "03")).hasSize(1);
  }

  @Test
  void archivedTasksGoOnTheDayTheyExpire() {
    engine.deploy(P, start("03"), end("03"));
    TaskId task = engine.created(P, "r", "{}");
    long today = engine.nowMillis() / 86_400_000L;

    engine.toAll(id -> new Command.DropArchive(id, today + 29, 100));
    assertThat(engine.task(P, task)).isNotNull();
    engine.toAll(id -> new Command.DropArchive(id, today + 30, 100));
    assertThat(engine.task(P, task)).isNull();
    assertThat(engine.snapshot(0).taskByReference(P, "r")).isNull();
  }

  @Test
  void trafficIsKeptByTheMinute() {
    engine.deploy(P, start("03"), end("03"));
    engine.create(P, "{}");
    engine.create(P, "{}");
    engine.pass(180_000);
    engine.create(P, "{}");

    long first = EngineFixture.START_MILLIS / 60_000 * 60_000;
    List<TrafficPoint> points =
        engine.snapshot(0).traffic(P, 0, Long.MAX_VALUE, TrafficPoint.Interval.MINUTE);
    NodeId end = NodeId.of(node("03"));
    assertThat(points)
        .filteredOn(point -> point.nodeId().equals(end))
        .containsExactly(
            new TrafficPoint(end, first, 2, 0), new TrafficPoint(end, first + 180_000, 1, 0));
  }

  @Test
  void theParameterContractIsCheckedAtTheDoor() {
    engine.deploy(
        P,
        false,
        "[{'name':'id','type':'string','descr':'','flags':['required','input'],"
            + "'regex':'^[a-z]+$','regex_error_text':'only letters'}]",
        start("03"),
        end("03"));

    assertThat(engine.tryCreate(P, null, "{}"))
        .isEqualTo(new Reply.Refused(Refusal.PARAMETER_INVALID, "Param: id, Error: required"));
    assertThat(engine.tryCreate(P, null, "{'id':'A1'}"))
        .isEqualTo(new Reply.Refused(Refusal.PARAMETER_INVALID, "Param: id, Error: only letters"));
    assertThat(engine.tryCreate(P, null, "{'id':'abc'}")).isInstanceOf(Reply.Created.class);
  }
}
