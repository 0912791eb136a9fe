package io.millrace.engine;

import static io.millrace.engine.EngineFixture.end;
import static io.millrace.engine.EngineFixture.go;
import static io.millrace.engine.EngineFixture.node;
import static io.millrace.engine.EngineFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.id.TaskId;
import org.junit.jupiter.api.Test;

/** The notify logic: what it asks for, and where the task goes when that is done or given up. */
class NotifyTest {
  private static final long P = 100;
  private final EngineFixture engine = new EngineFixture();

  private void deploy(String logic) {
    String withError = logic.replaceFirst("}$", ",'err_node_id':'@04'}");
    engine.deploy(
        P, start("02"), node("02", 0, withError + "," + go("03"), ""), end("03"), end("04"));
  }

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
