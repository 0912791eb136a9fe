package io.millrace.engine;

import static io.millrace.engine.EngineFixture.json;
import static io.millrace.engine.EngineFixture.node;
import static io.millrace.engine.EngineFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import org.junit.jupiter.api.Test;

/** The state diagram of {@code process-model.md} §11. */
class StateDiagramTest {
  private static final long P = 1002;
  private final EngineFixture engine = new EngineFixture();

  private void deploy(String semaphores) {
    engine.deployState(
        P,
        start("02"),
        node("02", 0, state("blocked", "03") + ",{'type':'go','to_node_id':'@02'}", semaphores),
        node("03", 0, state("active", "02") + ",{'type':'go','to_node_id':'@03'}", ""));
  }

  private static String state(String status, String target) {
    return "{'type':'api_callback'},{'type':'go_if_const','to_node_id':'@"
        + target
        + "','conditions':[{'param':'status','const':'"
        + status
        + "','fun':'eq','cast':'string'}]}";
  }

  @Test
  void conditionsAreNotLookedAtOnEntryButOnModification() {
    deploy("");
    TaskId task = engine.created(P, "u1", "{'status':'blocked'}");
    assertThat(engine.place(P, task)).isEqualTo("02");

    engine.modifyByReference(P, "u1", "{'x':1}");

    assertThat(engine.place(P, task)).isEqualTo("03");
    assertThat(engine.data(P, task)).isEqualTo(json("{'status':'blocked','x':1}"));
  }

  @Test
  void stayingInPlaceIsNoNewEntryAndTheTimeLimitRunsOn() {
    deploy("{'type':'time','value':60,'to_node_id':'@03'}");
    TaskId task = engine.created(P, "u1", "{}");
    engine.pass(40_000);
    engine.modify(P, task, "{'x':1}");

    assertThat(engine.counts(P, "02")).isEqualTo(new NodeCounts(1, 0, 1));
    engine.pass(20_000);
    assertThat(engine.place(P, task)).isEqualTo("03");
  }

  @Test
  void modificationReplacesTopLevelKeysOnly() {
    deploy("");
    TaskId task = engine.created(P, "u1", "{'k':{'y':2},'other':1}");
    engine.modify(P, task, "{'k':{'z':1}}");
    assertThat(engine.data(P, task)).isEqualTo(json("{'k':{'z':1},'other':1}"));
  }

  @Test
  void modifyingWhatIsNotThereIsRefused() {
    deploy("");
    assertThat(engine.modifyByReference(P, "nobody", "{}"))
        .isEqualTo(new Reply.Refused(Refusal.TASK_NOT_FOUND, "not_found_task"));
  }
}
