package io.millrace.engine.logic;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonException;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.Scope;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Takes the answer to an {@link ApiCall}: {@code logics.md} §4.5 to §4.10. */
final class ApiCallAnswer {
  private static final ErrorFamily FAMILY = ErrorFamily.API;
  private static final int DESCRIPTION_BYTES = 2048;

  private final ApiCall logic;
  private final LogicContext context;

  private ApiCallAnswer(ApiCall logic, LogicContext context) {
    this.logic = logic;
    this.context = context;
  }

  static Outcome finish(ApiCall logic, LogicContext context, EffectResult result) {
    ApiCallAnswer answer = new ApiCallAnswer(logic, context);
    return switch (result) {
      case EffectResult.HttpAnswer http -> answer.take(http);
      case EffectResult.HttpFailed failed -> answer.failed(failed);
      case EffectResult.Notified other -> answer.fatal();
      case EffectResult.NotifyFailed other -> answer.fatal();
    };
  }

  /** The parsed body; {@code value} null: it could not be read as what it says it is. */
  private record Body(@Nullable JsonNode value, String text, boolean image, boolean empty) {}

  private Outcome take(EffectResult.HttpAnswer http) {
    Body body = read(http);
    ObjectNode more = Json.object();
    if (logic.debug()) {
      ObjectNode debug = more.putObject("__conveyor_api_debug__");
      debug.put("http_exec_time", BigDecimal.valueOf(http.elapsedMicros(), 3).doubleValue());
      debug.put("http_req_body_size", context.requestBytes());
      debug.put("http_res_code", http.status());
      debug.put("http_res_body_size", http.body().length);
    }
    if (logic.body() instanceof ApiCall.Body.Conveyor) {
      return conveyor(http, body, more);
    }
    boolean success = http.status() >= 200 && http.status() <= 299;
    if (!success) {
      return refused(http, body, more);
    }
    if (body.empty() && !emptyAllowed(http.status())) {
      return error("api_no_valid_json", "Not valid http result json()", more);
    }
    if (logic.response() != null) {
      return custom(http, body, more);
    }
    return standard(http, body, more);
  }

  private boolean emptyAllowed(int status) {
    if (logic.method().equals("HEAD")) {
      return true;
    }
    return logic.emptyBodyAllowed() && (status == 202 || status == 204 || status == 205);
  }

  private Outcome standard(EffectResult.HttpAnswer http, Body body, ObjectNode more) {
    if (body.empty()) {
      return write(context.data(), more, http.body().length);
    }
    if (body.image()) {
      more.put("__conveyor_api_image__", body.text());
      return write(context.data(), more, body.text().length() + 64L);
    }
    JsonNode value = body.value();
    if (value instanceof ObjectNode object) {
      return write(merged(context.data(), object), more, JsonSize.of(object));
    }
    if (value != null && value.isArray()) {
      more.set("__conveyor_api_array__", value);
      return write(context.data(), more, JsonSize.of(value) + 64);
    }
    return error("api_no_valid_json", notJson(body.text()), more);
  }

  private Outcome custom(EffectResult.HttpAnswer http, Body body, ObjectNode more) {
    if (!body.empty() && body.value() == null && needsParsedBody()) {
      return error("api_no_valid_json", notJson(body.text()), more);
    }
    ObjectNode data = context.data();
    long bytes = 0;
    Scope scope = new AnswerScope(context.scope(), headers(http), bodyValue(body));
    for (ApiCall.Mapping mapping : Objects.requireNonNull(logic.response())) {
      JsonNode value = mapped(mapping, scope, body);
      data = mapping.key().resolve(context.scope()).write(data, value);
      bytes += JsonSize.of(value) + mapping.name().length() * 3L + 16;
    }
    return write(data, more, bytes);
  }

  private JsonNode mapped(ApiCall.Mapping mapping, Scope scope, Body body) {
    if (mapping.wholeBody() && mapping.type() == ValueType.STRING) {
      return StringNode.valueOf(body.text());
    }
    // A path that is not in the answer gives empty text and success, whatever the type.
    JsonNode found = mapping.value().render(scope);
    if (found == null || found.isNull()) {
      return StringNode.valueOf("");
    }
    return mapping.value().renderAs(scope, mapping.type(), mapping.name());
  }

  private boolean needsParsedBody() {
    for (ApiCall.Mapping mapping : Objects.requireNonNull(logic.response())) {
      boolean refers = mapping.value().source().contains("body");
      if (refers && !(mapping.wholeBody() && mapping.type() == ValueType.STRING)) {
        return true;
      }
    }
    return false;
  }

  private Outcome refused(EffectResult.HttpAnswer http, Body body, ObjectNode more) {
    more.put("__conveyor_api_return_http_code__", http.status());
    more.put("__conveyor_api_return_code__", http.status());
    ObjectNode error = Json.object();
    if (logic.response() == null && body.value() instanceof ObjectNode object) {
      long room = context.dataBytesMax() - JsonSize.of(context.data());
      if (JsonSize.of(object) < room) {
        error.setAll(object);
      }
    }
    error.setAll(more);
    String text = body.text();
    String description =
        text.length() > DESCRIPTION_BYTES ? text.substring(0, DESCRIPTION_BYTES) : text;
    return error("api_bad_answer", description, error);
  }

  private Outcome conveyor(EffectResult.HttpAnswer http, Body body, ObjectNode more) {
    if (!(body.value() instanceof ObjectNode answer)) {
      return error("api_no_valid_json", notJson(body.text()), more);
    }
    if (!answer.path("request_proc").asString("").equals("ok")) {
      return error("api_no_request_proc", "No request_proc ok in the answer", more);
    }
    JsonNode op = answer.path("ops").path(0);
    if (!op.isObject()) {
      return error("api_no_ops", "No ops in the answer", more);
    }
    JsonNode result = op.path("res_data");
    boolean ok = op.path("proc").asString("").equals("ok");
    if (ok && !result.isObject()) {
      return error("api_bad_res_data", "res_data is not an object", more);
    }
    if (ok) {
      return write(merged(context.data(), (ObjectNode) result), more, JsonSize.of(result));
    }
    ObjectNode error = Json.object();
    if (result instanceof ObjectNode object) {
      error.setAll(object);
    }
    error.setAll(more);
    error.put("__conveyor_api_return_http_code__", http.status());
    String reason = result.path("error").asString(op.path("proc").asString("fail"));
    return error("api_bad_answer", reason, error);
  }

  private Outcome failed(EffectResult.HttpFailed failed) {
    return switch (failed.failure()) {
      case TIMEOUT -> error("api_bad_answer", "timeout", Json.object());
      case CONNECT -> error("api_bad_answer", "failed_connect", Json.object());
      case BLOCKED -> error("api_bad_answer", "failed_connect: " + failed.detail(), Json.object());
      case TOO_LARGE ->
          error(
              "api_task_size_overflow_limit",
              "The answer is larger than " + context.settings().httpResponseBytesMax() + " bytes",
              Json.object());
      case INVALID_REQUEST ->
          new Outcome.Failed(
              LogicError.hardware(FAMILY, "api_bind_error", "Error bind params to http query"));
      case INTERNAL -> fatal();
    };
  }

  private Outcome fatal() {
    return new Outcome.Failed(LogicError.hardware(FAMILY, "api_fatal_error", "Error running api"));
  }

  private Outcome write(ObjectNode base, ObjectNode more, long bytes) {
    ObjectNode data = more.isEmpty() ? base : merged(base, more);
    long tooLarge = context.write(data, bytes + (more.isEmpty() ? 0 : JsonSize.of(more)));
    return tooLarge == 0
        ? Outcome.Continue.INSTANCE
        : new Outcome.Failed(LogicError.size(FAMILY, tooLarge, context.dataBytesMax()));
  }

  private static Outcome error(String tag, String description, ObjectNode more) {
    return new Outcome.Failed(new LogicError(FAMILY, false, tag, description, more));
  }

  private static String notJson(String text) {
    String shown = text.length() > 128 ? text.substring(0, 128) : text;
    return "Not valid http result json(" + shown + ")";
  }

  private Body read(EffectResult.HttpAnswer http) {
    String type = logic.forcedType() != null ? logic.forcedType() : header(http, "content-type");
    String media = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    byte[] bytes = http.body();
    if (media.startsWith("image/") && logic.forcedType() == null) {
      String text = Base64.getEncoder().encodeToString(bytes);
      return new Body(StringNode.valueOf(text), text, true, bytes.length == 0);
    }
    String text = new String(bytes, charset(type));
    if (text.isBlank()) {
      return new Body(null, text, false, true);
    }
    if (media.equals("application/x-www-form-urlencoded")) {
      return new Body(form(text), text, false, false);
    }
    try {
      return new Body(Json.parse(text), text, false, false);
    } catch (JsonException e) {
      return new Body(null, text, false, false);
    }
  }

  private static @Nullable JsonNode bodyValue(Body body) {
    return body.value() != null ? body.value() : StringNode.valueOf(body.text());
  }

  private static Charset charset(String contentType) {
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    String name = contentType.substring(at + 8).split(";", 2)[0].replace("\"", "").trim();
    try {
      return Charset.forName(name.equalsIgnoreCase("utf8") ? "utf-8" : name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static ObjectNode form(String text) {
    ObjectNode out = Json.object();
    for (String pair : text.trim().split("&")) {
      String[] parts = pair.split("=", 2);
      out.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }
    return out;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static ObjectNode headers(EffectResult.HttpAnswer http) {
    ObjectNode out = Json.object();
    for (Effect.Header header : http.headers()) {
      out.put(header.name().toLowerCase(Locale.ROOT), header.value());
    }
    return out;
  }

  private static String header(EffectResult.HttpAnswer http, String name) {
    for (Effect.Header header : http.headers()) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return "application/json";
  }

  private static ObjectNode merged(ObjectNode base, ObjectNode over) {
    ObjectNode out = Json.object();
    out.setAll(base);
    out.setAll(over);
    return out;
  }

  /** Task data with the answer's {@code header} and {@code body} in front. */
  private record AnswerScope(Scope inner, JsonNode header, @Nullable JsonNode body)
      implements Scope {
    @Override
    public ObjectNode data() {
      return inner.data();
    }

    @Override
    public @Nullable JsonNode root(String name) {
      return inner.root(name);
    }

    @Override
    public @Nullable JsonNode overlay(String name) {
      return switch (name) {
        case "header" -> header;
        case "body" -> body;
        default -> null;
      };
    }

    @Override
    public long nowMillis() {
      return inner.nowMillis();
    }

    @Override
    public long nextRandom() {
      return inner.nextRandom();
    }

    @Override
    public ZoneId zone() {
      return inner.zone();
    }
  }
}
