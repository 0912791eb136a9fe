package io.millrace.server.compatible;

import io.millrace.http.Exchange;
import io.millrace.http.Identity;
import io.millrace.server.wire.Codec;
import io.millrace.server.wire.Format;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** From a body to the answers of its operations, in the encoding of the path. */
final class OpsDoor {
  private final OpsRunner runner;
  private final Limits limits;

  OpsDoor(OpsRunner runner, Limits limits) {
    this.runner = runner;
    this.limits = limits;
  }

  /** Reads an envelope and carries out what is in it. Blocks only where an operation must. */
  void serve(Exchange exchange, Format format, OpsRunner.Request request, byte[] content) {
    Codec.readEnvelope(format, content)
        .ifPresentOrElse(
            body -> serve(exchange, format, request, body),
            () -> exchange.json(400, Envelope.INCORRECT_BODY));
  }

  void serve(Exchange exchange, Format format, OpsRunner.Request request, JsonNode body) {
    switch (Envelope.read(body, request.version(), limits.opsPerRequestMax())) {
      case Envelope.Reading.Refused(int status, byte[] answer) -> exchange.json(status, answer);
      case Envelope.Reading.Read(Envelope envelope) ->
          run(exchange, format, request, envelope.ops(), envelope.single());
    }
  }

  void run(
      Exchange exchange,
      Format format,
      OpsRunner.Request request,
      List<JsonNode> ops,
      boolean single) {
    if (OpsRunner.onlyCommands(ops)) {
      runner.submitAll(
          ops,
          request,
          batch -> exchange.onEventLoop(() -> finish(exchange, format, batch, single)));
    } else {
      exchange.blocking(() -> runAll(exchange, format, request, ops, single));
    }
  }

  private void runAll(
      Exchange exchange,
      Format format,
      OpsRunner.Request request,
      List<JsonNode> ops,
      boolean single) {
    try {
      finish(exchange, format, runner.runAll(ops, request), single);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.json(503, Envelope.error("Service unavailable"));
    }
  }

  private static void finish(Exchange exchange, Format format, Batch batch, boolean single) {
    if (batch.allOverloaded()) {
      exchange.setHeader("Retry-After", Integer.toString(batch.retryAfterSeconds()));
      exchange.json(429, Envelope.error("Too many requests: limit is reached"));
    } else if (batch.allUnavailable()) {
      exchange.setHeader("Retry-After", "1");
      exchange.json(503, Envelope.error("Service unavailable"));
    } else {
      byte[] json = Envelope.answer(batch.answers(), single);
      exchange.answer(200, format.contentType(), Codec.write(format, json));
    }
  }

  static OpsRunner.Request request(Exchange exchange, Identity caller, int version) {
    return new OpsRunner.Request(caller, version, Origins.of(exchange), 0);
  }
}
