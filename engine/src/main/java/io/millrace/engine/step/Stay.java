package io.millrace.engine.step;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Message;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.logic.JsonSize;
import io.millrace.engine.logic.LogicContext;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.state.Effects;
import io.millrace.engine.state.Task;
import io.millrace.engine.template.Scope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One task's stay in one node, as the logics of the node see it. */
final class Stay implements LogicContext {
  private final Step step;
  private final Effects effects;
  private final Permits permits;
  private final Transfers transfers;
  private final LoadedProcess process;
  private final CompiledNode node;
  private final Task task;
  private final Scope scope;
  private int logic;
  private int requestBytes;

  Stay(
      Step step,
      Effects effects,
      Permits permits,
      Transfers transfers,
      LoadedProcess process,
      CompiledProcess graph,
      CompiledNode node,
      Task task) {
    this.step = step;
    this.effects = effects;
    this.permits = permits;
    this.transfers = transfers;
    this.process = process;
    this.node = node;
    this.task = task;
    this.scope = new StepScope(task, graph, step);
  }

  /** Which logic of the node is on. */
  void at(int index) {
    logic = index;
  }

  /** The result of this effect has come. */
  void answered(Effect effect) {
    if (effect instanceof Effect.HttpCall call && call.body() != null) {
      requestBytes = call.body().length;
    }
  }

  @Override
  public int requestBytes() {
    return requestBytes;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public EngineSettings settings() {
    return step.settings();
  }

  @Override
  public ObjectNode data() {
    return task.data();
  }

  @Override
  public long write(ObjectNode data, long bytesMore) {
    long bytes = task.dataBytes() + bytesMore;
    if (bytes > dataBytesMax()) {
      // The sum is an upper bound; only when it says too much is the truth worth counting.
      bytes = JsonSize.of(data);
      if (bytes > dataBytesMax()) {
        return bytes;
      }
    }
    task.data(data, (int) bytes);
    return 0;
  }

  @Override
  public long dataBytes() {
    return task.dataBytes();
  }

  @Override
  public long dataBytesMax() {
    return process.taskBytesMax(step.settings());
  }

  @Override
  public long processId() {
    return process.id();
  }

  @Override
  public NodeId nodeId() {
    return node.id();
  }

  @Override
  public @Nullable String reference() {
    return task.reference();
  }

  @Override
  public EffectId effectId() {
    return new EffectId(task.id(), task.entry(), logic);
  }

  @Override
  public String processSecret() {
    return process.source().extensions().path("secret").asString("");
  }

  @Override
  public void start(Effect effect) {
    effects.put(effect);
    step.outputs().start(effect);
  }

  @Override
  public boolean acquirePermit(int permitsMax) {
    if (task.permit()) {
      return true;
    }
    int home = Slots.ofNode(process.id(), node.id());
    if (step.owns(home)) {
      if (permits.acquire(process.id(), node.id(), effectId(), permitsMax)) {
        task.permit(true);
        return true;
      }
    } else {
      step.send(
          new Message.AcquirePermit(
              home,
              process.id(),
              node.id(),
              effectId(),
              permitsMax,
              step.nowMillis() + step.settings().permitWaitMillis()));
    }
    task.permitUntil(step.nowMillis() + step.settings().permitWaitMillis());
    return false;
  }

  @Override
  public Message.@Nullable Outcome copy(
      String target, @Nullable String reference, ObjectNode data, long bytes, boolean waits) {
    return transfers.copy(process, task, effectId(), target, reference, data, bytes, waits);
  }

  @Override
  public Message.@Nullable Outcome modify(
      String target, String reference, ObjectNode data, boolean sync) {
    return transfers.modify(process, task, effectId(), target, reference, data, sync);
  }
}
