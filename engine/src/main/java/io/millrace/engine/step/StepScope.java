package io.millrace.engine.step;

import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Rest;
import io.millrace.engine.state.Task;
import io.millrace.engine.template.Scope;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What templates see while a task runs: its data, its {@code root} values, the step's instant. */
final class StepScope implements Scope {
  private final Task task;
  private final CompiledProcess graph;
  private final Step step;

  StepScope(Task task, CompiledProcess graph, Step step) {
    this.task = task;
    this.graph = graph;
    this.step = step;
  }

  @Override
  public ObjectNode data() {
    return task.data();
  }

  @Override
  public @Nullable JsonNode root(String name) {
    return switch (name) {
      case "task_id" -> StringNode.valueOf(task.id().toString());
      case "ref" -> {
        String reference = task.reference();
        yield StringNode.valueOf(reference == null ? task.id().toString() : reference);
      }
      case "conv_id" -> LongNode.valueOf(task.processId());
      case "user_id" -> LongNode.valueOf(task.userId());
      case "create_time" -> LongNode.valueOf(task.id().timeMillis() / 1000);
      case "change_time" -> LongNode.valueOf(task.changeMillis() / 1000);
      case "end_time" -> LongNode.valueOf(task.deadlineMillis() / 1000);
      case "status" -> IntNode.valueOf(task.rest() == Rest.READY ? 2 : 1);
      case "node_id" -> id(task.node());
      case "prev_node_id" -> id(task.previousNode());
      case "node_name" -> title(task.node());
      case "prev_node_name" -> title(task.previousNode());
      default -> null;
    };
  }

  @Override
  public @Nullable JsonNode overlay(String name) {
    // {{__now}} is the only name that the engine itself adds.
    return name.equals("__now") && !task.data().has(name)
        ? LongNode.valueOf(nowMillis() / 1000)
        : null;
  }

  @Override
  public long nowMillis() {
    return step.nowMillis();
  }

  @Override
  public long nextRandom() {
    return step.nextRandom();
  }

  @Override
  public ZoneId zone() {
    return step.settings().zone();
  }

  private JsonNode id(int ordinal) {
    CompiledNode node = graph.node(ordinal);
    return StringNode.valueOf(ordinal == Keys.NO_NODE || node == null ? "" : node.id().toString());
  }

  private JsonNode title(int ordinal) {
    CompiledNode node = graph.node(ordinal);
    return StringNode.valueOf(node == null ? "" : node.title());
  }
}
