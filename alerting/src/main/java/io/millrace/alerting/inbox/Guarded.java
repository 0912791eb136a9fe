package io.millrace.alerting.inbox;

import io.millrace.http.Authenticator;
import io.millrace.http.Identity;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What all routes of this module have in common: asked by someone who is signed in, done off the
 * event loop, answered as JSON, problems as error bodies.
 */
public final class Guarded {
  private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

  private final Authenticator authenticator;

  public Guarded(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** A handler that may block. */
  public Handler<RoutingContext> blocking(BiFunction<RoutingContext, Identity, JsonNode> work) {
    return request ->
        request
            .vertx()
            .executeBlocking(() -> work.apply(request, identify(request)), false)
            .onSuccess(json -> answer(request, 200, json))
            .onFailure(failure -> fail(request, failure));
  }

  /** The same, for administrators only. */
  public Handler<RoutingContext> administrator(
      BiFunction<RoutingContext, Identity, JsonNode> work) {
    return blocking((request, who) -> {
      if (!who.administrator()) {
        throw ApiProblem.forbidden();
      }
      return work.apply(request, who);
    });
  }

  /** A handler that keeps the connection; it runs on the event loop. */
  Handler<RoutingContext> live(Consumer<RoutingContext> work) {
    return request ->
        request
            .vertx()
            .executeBlocking(() -> identify(request), false)
            .onSuccess(_ -> {
              try {
                work.accept(request);
              } catch (ApiProblem problem) {
                fail(request, problem);
              }
            })
            .onFailure(failure -> fail(request, failure));
  }

  private Identity identify(RoutingContext request) {
    Identity who = authenticator.identify(request);
    if (who == null) {
      throw ApiProblem.signedOut();
    }
    return who;
  }

  private static void fail(RoutingContext request, Throwable failure) {
    if (failure instanceof ApiProblem problem) {
      answer(request, problem.status, problem.json());
    } else {
      LOG.error("A request to {} failed", request.normalizedPath(), failure);
      ApiProblem problem = ApiProblem.internal();
      answer(request, problem.status, problem.json());
    }
  }

  private static void answer(RoutingContext request, int status, JsonNode json) {
    if (!request.response().ended() && !request.response().closed()) {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json; charset=utf-8")
          .putHeader("Cache-Control", "no-store")
          .end(json.toString());
    }
  }
}
