package io.millrace.server.console;

import io.millrace.http.Exchange;
import io.millrace.http.HttpSettings;
import io.millrace.http.Identity;
import io.millrace.http.Problem;
import io.millrace.http.RequestBody;
import io.millrace.server.session.Sessions;
import io.millrace.server.wire.Json;
import io.millrace.workspace.store.WorkspaceException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes of the console API: JSON in and out, a session, errors as problems. */
public final class ConsoleRoutes {
  private static final int BODY_BYTES_MAX = 64 * 1024;

  private final HttpSettings http;
  private final Sessions sessions;
  private final SessionApi sessionApi;
  private final ProcessViews views;

  public ConsoleRoutes(
      HttpSettings http, Sessions sessions, SessionApi sessionApi, ProcessViews views) {
    this.http = http;
    this.sessions = sessions;
    this.sessionApi = sessionApi;
    this.views = views;
  }

  public void mount(Router router) {
    router
        .route(HttpMethod.POST, "/api/session")
        .handler(routing -> {
          Exchange exchange = Exchange.of(routing);
          exchange.readBody(
              BODY_BYTES_MAX,
              http.bodyTimeoutSeconds(),
              body -> exchange.blocking(() -> signIn(exchange, body)));
        });
    router
        .route(HttpMethod.GET, "/api/session")
        .handler(routing -> {
          Exchange exchange = Exchange.of(routing);
          exchange.blocking(() -> answer(exchange, sessionApi.current(routing)));
        });
    router
        .route(HttpMethod.DELETE, "/api/session")
        .handler(routing -> {
          Exchange exchange = Exchange.of(routing);
          exchange.blocking(() -> {
            sessions.require(routing, RequestBody.EMPTY);
            sessionApi.signOut(exchange);
          });
        });
    get(router, "/api/tree", call -> views.tree(call.caller()));
    get(
        router,
        "/api/processes/:process/view",
        call -> views.view(call.caller(), call.number("process")));
    get(
        router,
        "/api/processes/:process/nodes/:node/tasks",
        call ->
            views.tasks(
                call.caller(),
                call.number("process"),
                call.text("node"),
                call.queryNumber("offset", 0, Integer.MAX_VALUE),
                call.queryNumber("limit", 50, 500),
                call.newestFirst()));
    get(
        router,
        "/api/tasks/:process/:task",
        call -> views.task(call.caller(), call.number("process"), call.text("task")));
  }

  /** One authenticated GET. */
  private record Call(Exchange exchange, Identity caller) {
    String text(String name) {
      String value = exchange.routing().pathParam(name);
      return value == null ? "" : value;
    }

    long number(String name) {
      try {
        return Long.parseLong(text(name));
      } catch (NumberFormatException e) {
        throw Problem.notFound(name, text(name)).exception();
      }
    }

    /**
     * {@code order}: {@code newest} (or {@code desc}, or absent), {@code oldest} (or {@code asc}).
     */
    boolean newestFirst() {
      String order = exchange.request().getParam("order");
      return switch (order == null ? "newest" : order) {
        case "newest", "desc" -> true;
        case "oldest", "asc" -> false;
        default ->
            throw Problem.invalid("order", order, "newest or oldest", "Correct it.").exception();
      };
    }

    int queryNumber(String name, int otherwise, int maximum) {
      String value = exchange.request().getParam(name);
      if (value == null || value.isEmpty()) {
        return otherwise;
      }
      try {
        return Math.clamp(Long.parseLong(value), 0, maximum);
      } catch (NumberFormatException e) {
        throw Problem.invalid(
                name, value, "a number from 0 to " + maximum, "Leave it out, or correct it.")
            .exception();
      }
    }
  }

  private void get(Router router, String path, Function<Call, ObjectNode> handler) {
    router
        .route(HttpMethod.GET, path)
        .handler(routing -> {
          Exchange exchange = Exchange.of(routing);
          exchange.blocking(() -> {
            Identity caller = sessions.require(routing, RequestBody.EMPTY);
            answer(exchange, refusing(() -> handler.apply(new Call(exchange, caller))));
          });
        });
  }

  private void signIn(Exchange exchange, RequestBody body) {
    JsonNode request =
        Json.parse(body.content())
            .orElseThrow(() ->
                Problem.invalid("body", null, "a JSON object", "Send login and password.")
                    .exception());
    answer(exchange, sessionApi.signIn(exchange, request));
  }

  /** Turns a refusal of the workspace into a problem. */
  private static ObjectNode refusing(Supplier<ObjectNode> work) {
    try {
      return work.get();
    } catch (WorkspaceException e) {
      throw problem(e).exception();
    }
  }

  private static Problem problem(WorkspaceException refusal) {
    Object value = refusal.value();
    String text = value == null ? null : value.toString();
    return switch (refusal.code()) {
      case NOT_FOUND ->
          Problem.notFound(refusal.key() == null ? "id" : refusal.key(), text == null ? "" : text);
      case ACCESS -> Problem.forbidden("the right to see this");
      case LIMIT ->
          new Problem(
              429,
              "too_many_requests",
              null,
              null,
              "fewer requests",
              "Try again later.",
              Math.toIntExact(Math.max(1, (refusal.retryAfterMillis() + 999) / 1000)));
      case REQUIRED, VALUE, MOVE, SCHEME, COMMIT, DRAFT, DUPLICATE ->
          Problem.invalid(
              refusal.key() == null ? "" : refusal.key(),
              text,
              refusal.getMessage(),
              "Correct it.");
    };
  }

  private static void answer(Exchange exchange, ObjectNode body) {
    exchange.setHeader("Cache-Control", "no-store");
    exchange.json(200, Json.write(body));
  }
}
