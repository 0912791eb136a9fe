package io.millrace.server.compatible;

import io.millrace.http.ErrorBodies;
import io.millrace.http.Exchange;
import io.millrace.http.HttpSettings;
import io.millrace.http.RequestBody;
import io.millrace.http.SecurityHeaders;
import io.millrace.server.wire.Format;
import io.millrace.server.wire.Json;
import io.millrace.server.wire.Multipart;
import io.millrace.server.wire.Nvp;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes of the compatible API: operations, uploads, downloads, public settings. */
final class CompatibleRoutes {
  /** Above this size, reading a body would hold up the other connections of its event loop. */
  private static final int EVENT_LOOP_BYTES_MAX = 64 * 1024;

  private final HttpSettings http;
  private final ApiAccess access;
  private final OpsDoor ops;
  private final OpsDoor uploads;
  private final OpsDoor downloads;
  private final DownloadFiles files;
  private final Jobs jobs;
  private final SystemConf conf;

  CompatibleRoutes(
      HttpSettings http,
      ApiAccess access,
      OpsDoor ops,
      OpsDoor uploads,
      OpsDoor downloads,
      DownloadFiles files,
      Jobs jobs,
      SystemConf conf) {
    this.http = http;
    this.access = access;
    this.ops = ops;
    this.uploads = uploads;
    this.downloads = downloads;
    this.files = files;
    this.jobs = jobs;
    this.conf = conf;
  }

  void mount(Router router) {
    router.route("/api/1/*").handler(this::dispatch);
    router.route("/api/2/*").handler(this::dispatch);
    router.get("/user_downloads/*").handler(this::download);
    router
        .get("/system/conf")
        .handler(routing -> Exchange.of(routing).json(200, conf.json(Exchange.of(routing))));
  }

  private void dispatch(RoutingContext routing) {
    ApiPath path = ApiPath.parse(routing.request().path());
    boolean known =
        path != null
            && switch (path.kind()) {
              case "json", "xml", "nvp" -> operations(routing, path);
              case "upload" -> upload(routing, path);
              case "download" -> post(routing, path, downloads);
              default -> false;
            };
    if (!known) {
      routing.next();
    }
  }

  private boolean operations(RoutingContext routing, ApiPath path) {
    List<String> rest = path.rest();
    boolean reserved =
        !rest.isEmpty()
            && switch (rest.getFirst()) {
              case "public", "callback", "plugins" -> true;
              default -> false;
            };
    return !reserved && post(routing, path, ops);
  }

  /** A POST with operations in its body, signed in any of the ways. */
  private boolean post(RoutingContext routing, ApiPath path, OpsDoor door) {
    ApiPath.Auth auth = auth(routing, path);
    if (auth == null && !path.rest().isEmpty()) {
      return false;
    }
    Exchange exchange = Exchange.of(routing);
    if (!isPost(exchange)) {
      return true;
    }
    Format format = Format.of(path.kind()).orElse(Format.JSON);
    exchange.readBody(
        http.bodyBytesMax(),
        http.bodyTimeoutSeconds(),
        body ->
            onSuitableThread(
                exchange, body, () -> serve(exchange, path, auth, format, body, door)));
    return true;
  }

  private void serve(
      Exchange exchange,
      ApiPath path,
      ApiPath.@Nullable Auth auth,
      Format format,
      RequestBody body,
      OpsDoor door) {
    access.admit(
        exchange,
        auth,
        body,
        identity ->
            door.serve(
                exchange,
                format,
                OpsDoor.request(exchange, identity, path.version()),
                body.content()));
  }

  private static void onSuitableThread(Exchange exchange, RequestBody body, Runnable work) {
    if (body.content().length > EVENT_LOOP_BYTES_MAX) {
      exchange.blocking(work);
    } else {
      work.run();
    }
  }

  /**
   * {@code login/time/signature}, or {@code login} with the rest in the query, as nodes send it.
   */
  private static ApiPath.@Nullable Auth auth(RoutingContext routing, ApiPath path) {
    ApiPath.Auth auth = path.auth(0);
    if (auth != null || path.rest().size() != 1) {
      return auth;
    }
    String time = routing.request().getParam("conv_time");
    String signature = routing.request().getParam("conv_signature");
    return time == null || signature == null
        ? null
        : new ApiPath.Auth(path.rest().getFirst(), time, signature);
  }

  private static boolean isPost(Exchange exchange) {
    if (exchange.request().method().equals(HttpMethod.POST)) {
      return true;
    }
    exchange.setHeader("Allow", "POST");
    ErrorBodies.Body body = ErrorBodies.of(405, exchange.request().path());
    exchange.answer(405, body.contentType(), body.bytes());
    return false;
  }

  private boolean upload(RoutingContext routing, ApiPath path) {
    List<String> rest = path.rest();
    if (!rest.isEmpty() && rest.getFirst().equals("info")) {
      return uploadInfo(routing, path);
    }
    ApiPath.Auth auth = auth(routing, path);
    if (auth == null && !rest.isEmpty()) {
      return false;
    }
    Exchange exchange = Exchange.of(routing);
    if (isPost(exchange)) {
      exchange.readBody(
          http.uploadBytesMax(),
          http.bodyTimeoutSeconds(),
          body -> onSuitableThread(exchange, body, () -> serveUpload(exchange, path, auth, body)));
    }
    return true;
  }

  private void serveUpload(
      Exchange exchange, ApiPath path, ApiPath.@Nullable Auth auth, RequestBody body) {
    access.admit(
        exchange,
        auth,
        body,
        identity -> {
          OpsRunner.Request request = OpsDoor.request(exchange, identity, path.version());
          uploadEnvelope(exchange, body)
              .ifPresentOrElse(
                  envelope -> uploads.serve(exchange, Format.JSON, request, envelope),
                  () -> exchange.json(400, Envelope.INCORRECT_BODY));
        });
  }

  /** A form, in either encoding, is one operation; JSON is one, or an envelope. */
  private static Optional<JsonNode> uploadEnvelope(Exchange exchange, RequestBody body) {
    String type = exchange.header("Content-Type");
    if (type != null && Multipart.is(type)) {
      return Multipart.read(type, body.content()).map(CompatibleRoutes::enveloped);
    }
    Optional<JsonNode> json = Json.parse(body.content());
    if (json.isPresent()) {
      return json.get() instanceof ObjectNode object && !object.has("ops")
          ? Optional.of(enveloped(object))
          : json;
    }
    boolean form = type != null && type.toLowerCase(Locale.ROOT).contains("x-www-form-urlencoded");
    return form ? Optional.of(enveloped(Nvp.read(body.content()))) : Optional.empty();
  }

  private static JsonNode enveloped(ObjectNode op) {
    ObjectNode envelope = Json.object();
    ArrayNode list = envelope.putArray("ops");
    list.add(op);
    return envelope;
  }

  private boolean uploadInfo(RoutingContext routing, ApiPath path) {
    ApiPath.Auth auth = path.auth(1);
    if (auth == null && path.rest().size() != 1) {
      return false;
    }
    Exchange exchange = Exchange.of(routing);
    String hash = routing.request().getParam("hash");
    access.admit(
        exchange,
        auth,
        RequestBody.EMPTY,
        identity -> {
          ObjectNode answer = Json.object().put("request_proc", "ok");
          ArrayNode list = answer.putArray("ops");
          list.add(
              jobs.state(hash == null ? "" : hash, identity.userId())
                  .orElseGet(() ->
                      Json.object()
                          .put("proc", "error")
                          .put("obj", "upload")
                          .put(
                              "description", "Object upload with id " + hash + " does not exist")));
          exchange.json(200, Json.write(answer));
        });
    return true;
  }

  /** The file's random name is the permission; a signature after it is accepted and not needed. */
  private void download(RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String path = routing.request().path();
    String[] segments =
        path.startsWith(DownloadFiles.PATH)
            ? path.substring(DownloadFiles.PATH.length()).split("/", -1)
            : new String[0];
    if (segments.length != 1 && segments.length != 4) {
      routing.next();
      return;
    }
    exchange.blocking(() -> {
      Optional<byte[]> content = files.get(segments[0]);
      if (content.isEmpty()) {
        ErrorBodies.Body body = ErrorBodies.of(404, "/");
        exchange.answer(404, body.contentType(), body.bytes());
        return;
      }
      SecurityHeaders.download(exchange.routing().response().headers());
      exchange.setHeader("Content-Disposition", "attachment; filename=\"" + segments[0] + "\"");
      exchange.setHeader("Cache-Control", "private, no-store");
      exchange.answer(200, contentType(segments[0]), content.get());
    });
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "zip" -> "application/zip";
      case "csv" -> "text/csv; charset=utf-8";
      default -> Exchange.JSON;
    };
  }
}
