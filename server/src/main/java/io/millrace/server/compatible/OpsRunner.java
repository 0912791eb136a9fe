package io.millrace.server.compatible;

import io.millrace.http.Identity;
import io.millrace.server.wire.Json;
import io.millrace.workspace.store.WorkspaceException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out the operations of one request. Task commands are all submitted before any is waited
 * for; everything else runs one after the other, after the commands before it are durable.
 */
final class OpsRunner {
  private static final Logger LOG = LoggerFactory.getLogger(OpsRunner.class);

  private final TaskCommands commands;
  private final Operations operations;

  OpsRunner(TaskCommands commands, Operations operations) {
    this.commands = commands;
    this.operations = operations;
  }

  /**
   * Who asks, how, and from where.
   *
   * @param onlyProcess the only process that may be named; 0: any
   */
  record Request(Identity caller, int version, String origin, long onlyProcess) {}

  /** Whether all operations are task commands, which never block. */
  static boolean onlyCommands(List<JsonNode> ops) {
    for (JsonNode op : ops) {
      if (!TaskCommands.isCommand(op)) {
        return false;
      }
    }
    return true;
  }

  /** Submits task commands; {@code then} gets the answers on some thread. Does not block. */
  void submitAll(List<JsonNode> ops, Request request, Consumer<Batch> then) {
    if (ops.isEmpty()) {
      then.accept(new Batch(0, () -> {}));
      return;
    }
    Batch[] self = new Batch[1];
    Batch batch = new Batch(ops.size(), () -> then.accept(self[0]));
    self[0] = batch;
    for (int i = 0; i < ops.size(); i++) {
      commands.submit(op(ops.get(i), request), i, batch);
    }
  }

  /** Carries out any operations in order. Blocking. */
  Batch runAll(List<JsonNode> ops, Request request) throws InterruptedException {
    Batch all = new Batch(ops.size(), () -> {});
    int next = 0;
    while (next < ops.size()) {
      int from = next;
      while (next < ops.size() && TaskCommands.isCommand(ops.get(next))) {
        next++;
      }
      if (next > from) {
        runCommands(ops.subList(from, next), from, request, all);
      } else {
        all.put(next, run(ops.get(next), request));
        next++;
      }
    }
    return all;
  }

  private void runCommands(List<JsonNode> ops, int offset, Request request, Batch all)
      throws InterruptedException {
    Batch.Awaited awaited = new Batch.Awaited(ops.size());
    for (int i = 0; i < ops.size(); i++) {
      commands.submit(op(ops.get(i), request), i, awaited.batch());
    }
    awaited.await();
    List<OpAnswer> answers = awaited.batch().answers();
    for (int i = 0; i < answers.size(); i++) {
      all.put(offset + i, answers.get(i));
    }
  }

  private OpAnswer run(JsonNode json, Request request) {
    Op op = op(json, request);
    try {
      op.checkCompany();
      if (!(json instanceof ObjectNode)) {
        throw OpException.value("ops", json);
      }
      return new OpAnswer.Tree(operations.find(op).run(op));
    } catch (OpException e) {
      return refused(op, e);
    } catch (WorkspaceException e) {
      return refused(op, OpException.of(e));
    } catch (RuntimeException e) {
      LOG.error("Operation {} {} failed", op.json().path("type"), op.json().path("obj"), e);
      return refused(op, OpException.of("Internal error"));
    }
  }

  private static OpAnswer refused(Op op, OpException error) {
    JsonNode object = op.json().path("obj");
    if (object.asString("").equals("task")) {
      JsonNode reference = op.json().path("ref");
      return TaskCommands.refused(
          op, reference.isValueNode() && !reference.isNull() ? reference.asString() : null, error);
    }
    ObjectNode answer = Json.object();
    answer.set("id", op.id());
    answer.put("obj", object.asString(""));
    error.writeTo(answer, op.version());
    return new OpAnswer.Tree(answer);
  }

  private static Op op(JsonNode json, Request request) {
    return new Op(
        json instanceof ObjectNode object ? object : Json.object(),
        request.caller(),
        request.version(),
        request.origin(),
        request.onlyProcess());
  }
}
