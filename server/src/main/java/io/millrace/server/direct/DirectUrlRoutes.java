package io.millrace.server.direct;

import io.millrace.http.ErrorBodies;
import io.millrace.http.Exchange;
import io.millrace.http.HttpSettings;
import io.millrace.server.compatible.CompatibleApi;
import io.millrace.server.session.DirectUrlAccess;
import io.millrace.server.wire.Codec;
import io.millrace.server.wire.Format;
import io.millrace.server.wire.Json;
import io.millrace.server.wire.Nvp;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Direct URLs of processes: whoever knows the hash may create tasks by posting their data, without
 * a key. A body with well-formed task operations is carried out as such, on this process only.
 */
public final class DirectUrlRoutes {
  private static final int EVENT_LOOP_BYTES_MAX = 64 * 1024;
  private static final Pattern PATH =
      Pattern.compile("/api/([12])/(json|xml|nvp)/public/(\\d{1,18})/([0-9A-Za-z]{1,64})");
  private static final byte[] ACCESS_DENIED =
      ("{\"request_proc\":\"ok\",\"ops\":{\"proc\":\"error\",\"obj\":\"task\",\"ref\":null,"
              + "\"description\":\"Access denied\"}}")
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] INCORRECT_BODY =
      ("{\"request_proc\":\"error\",\"ops\":[{\"proc\":\"error\","
              + "\"description\":\"Incorrect body\"}]}")
          .getBytes(StandardCharsets.UTF_8);

  private final HttpSettings http;
  private final DirectUrlAccess access;
  private final CompatibleApi api;

  public DirectUrlRoutes(HttpSettings http, DirectUrlAccess access, CompatibleApi api) {
    this.http = http;
    this.access = access;
    this.api = api;
  }

  public void mount(Router router) {
    router.route("/api/1/*").handler(this::handle);
    router.route("/api/2/*").handler(this::handle);
  }

  /** What the path says. */
  private record Target(int version, Format format, long process, String hash) {}

  private void handle(RoutingContext routing) {
    Matcher path = PATH.matcher(routing.request().path());
    if (!path.matches()) {
      routing.next();
      return;
    }
    Target target =
        new Target(
            Integer.parseInt(path.group(1)),
            Format.of(path.group(2)).orElseThrow(),
            Long.parseLong(path.group(3)),
            path.group(4));
    Exchange exchange = Exchange.of(routing);
    HttpMethod method = routing.request().method();
    if (method.equals(HttpMethod.GET)) {
      admit(exchange, target, owner -> create(exchange, target, owner, query(exchange)));
    } else if (method.equals(HttpMethod.POST)) {
      exchange.readBody(
          http.bodyBytesMax(),
          http.bodyTimeoutSeconds(),
          body -> {
            if (body.content().length > EVENT_LOOP_BYTES_MAX) {
              exchange.blocking(() -> post(exchange, target, body.content()));
            } else {
              post(exchange, target, body.content());
            }
          });
    } else {
      exchange.setHeader("Allow", "GET, POST");
      ErrorBodies.Body body = ErrorBodies.of(405, routing.request().path());
      exchange.answer(405, body.contentType(), body.bytes());
    }
  }

  private void post(Exchange exchange, Target target, byte[] content) {
    admit(
        exchange,
        target,
        owner -> {
          Optional<JsonNode> body = body(target.format(), content);
          if (body.isEmpty()) {
            exchange.json(400, INCORRECT_BODY);
          } else {
            accept(exchange, target, owner, body.get());
          }
        });
  }

  private static Optional<JsonNode> body(Format format, byte[] content) {
    return content.length == 0 ? Optional.of(Json.object()) : Codec.read(format, content);
  }

  private void accept(Exchange exchange, Target target, long owner, JsonNode body) {
    List<JsonNode> operations = operations(body);
    if (operations != null) {
      api.runFor(
          exchange,
          target.format(),
          target.version(),
          target.process(),
          owner,
          operations,
          body.path("ops").isObject());
      return;
    }
    ObjectNode data;
    if (body instanceof ObjectNode object) {
      data = object;
    } else {
      data = Json.object();
      data.set("body", body);
    }
    query(exchange)
        .forEachEntry((name, value) -> {
          if (!data.has(name)) {
            data.set(name, value);
          }
        });
    create(exchange, target, owner, data);
  }

  /** The task operations of a body, or null when it is not wholly made of such. */
  private static @Nullable List<JsonNode> operations(JsonNode body) {
    if (!(body.path("ops") instanceof ArrayNode list) || list.isEmpty()) {
      return null;
    }
    List<JsonNode> operations = new ArrayList<>(list.size());
    for (JsonNode op : list) {
      boolean task =
          op.path("obj").asString("").equals("task")
              && switch (op.path("type").asString("")) {
                case "create", "modify", "show", "delete" -> true;
                default -> false;
              };
      if (!task) {
        return null;
      }
      operations.add(op);
    }
    return operations;
  }

  private void create(Exchange exchange, Target target, long owner, ObjectNode data) {
    ObjectNode op = Json.object().put("type", "create").put("obj", "task");
    op.set("data", data);
    api.runFor(
        exchange, target.format(), target.version(), target.process(), owner, List.of(op), true);
  }

  private static ObjectNode query(Exchange exchange) {
    String query = exchange.request().query();
    return query == null ? Json.object() : Nvp.read(query);
  }

  /** Goes on with the owner's number when hash and credentials are right. */
  private void admit(Exchange exchange, Target target, LongConsumer then) {
    String authorization = exchange.header("Authorization");
    DirectUrlAccess.Verdict verdict =
        access.checkInMemory(target.process(), target.hash(), authorization);
    if (verdict instanceof DirectUrlAccess.Verdict.Unknown) {
      exchange.blocking(() ->
          decide(
              exchange,
              target,
              access.check(target.process(), target.hash(), authorization),
              then));
    } else {
      decide(exchange, target, verdict, then);
    }
  }

  private static void decide(
      Exchange exchange, Target target, DirectUrlAccess.Verdict verdict, LongConsumer then) {
    switch (verdict) {
      case DirectUrlAccess.Verdict.Granted(long owner) -> then.accept(owner);
      case DirectUrlAccess.Verdict.WrongHash wrong -> deny(exchange, target, 200);
      case DirectUrlAccess.Verdict.WrongCredentials wrong -> {
        exchange.setHeader("WWW-Authenticate", "Basic realm=\"process\"");
        deny(exchange, target, 401);
      }
      case DirectUrlAccess.Verdict.Unknown unknown ->
          throw new IllegalStateException("Expected a decision on a direct URL");
    }
  }

  private static void deny(Exchange exchange, Target target, int status) {
    exchange.answer(
        status, target.format().contentType(), Codec.write(target.format(), ACCESS_DENIED));
  }
}
