package io.millrace.engine.logic;

import io.millrace.engine.command.Effect;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.TextForm;
import io.millrace.engine.template.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the request of an {@link ApiCall}: {@code logics.md} §4.2 to §4.4. */
final class ApiCallRequest {
  private static final Set<String> QUERY_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String FORM = "application/x-www-form-urlencoded";

  /** The address of an API that takes login, time and signature as parts of its path. */
  private static final Pattern SIGNED_PATH =
      Pattern.compile("https?://[^/?#]+(?:/[^/?#]+)*?/api/[12]/[a-z]+/[^/?#]+/?");

  private ApiCallRequest() {}

  /** The request cannot be built from these values. */
  static final class BindException extends Exception {
    private static final long serialVersionUID = 1L;

    BindException(Throwable cause) {
      super(cause);
    }
  }

  static Effect.HttpCall build(ApiCall logic, LogicContext context, String url)
      throws BindException {
    Scope scope = context.scope();
    Map<String, Effect.Header> headers = headers(logic, scope);
    String secret = logic.secret().renderText(scope);
    String target = url;
    String method = logic.method();
    byte[] body = null;
    switch (logic.body()) {
      case ApiCall.Body.Raw raw -> {
        String text = raw.text().renderText(scope);
        body = QUERY_METHODS.contains(method) ? null : text.getBytes(StandardCharsets.UTF_8);
      }
      case ApiCall.Body.Conveyor conveyor -> {
        method = "POST";
        body = Json.bytes(conveyorBody(conveyor, context));
      }
      case ApiCall.Body.Parameters parameters -> {
        ObjectNode extra = parameters.extra().literal(scope);
        if (QUERY_METHODS.contains(method)) {
          target = appendQuery(target, form(extra));
        } else if (mediaType(logic, headers).equals(FORM)) {
          body = form(extra).getBytes(StandardCharsets.UTF_8);
        } else {
          body = Json.bytes(withSystem(logic, context, extra, secret));
        }
      }
    }
    if (body != null && !headers.containsKey("content-type")) {
      headers.put(
          "content-type",
          new Effect.Header("Content-Type", logic.contentType() + "; charset=utf-8"));
    }
    headers.putIfAbsent(
        "x-corezoid-taskid",
        new Effect.Header("X-Corezoid-TaskID", context.effectId().task().toString()));
    target = sign(logic, context, target, body, secret);
    return new Effect.HttpCall(
        context.effectId(),
        context.processId(),
        context.nodeId(),
        method,
        checked(target),
        new ArrayList<>(headers.values()),
        body,
        context.settings().httpTimeoutMillis(),
        context.settings().httpResponseBytesMax());
  }

  private static Map<String, Effect.Header> headers(ApiCall logic, Scope scope)
      throws BindException {
    Map<String, Effect.Header> headers = new TreeMap<>();
    for (ApiCall.Header header : logic.headers()) {
      String value = header.value().renderText(scope);
      if (value.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7f)) {
        throw new BindException(
            new IllegalArgumentException("Header " + header.name() + " has control characters"));
      }
      headers.put(header.name().toLowerCase(Locale.ROOT), new Effect.Header(header.name(), value));
    }
    return headers;
  }

  private static String mediaType(ApiCall logic, Map<String, Effect.Header> headers) {
    Effect.Header header = headers.get("content-type");
    String type = header == null ? logic.contentType() : header.value();
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode conveyorBody(ApiCall.Body.Conveyor body, LogicContext context) {
    ObjectNode op = Json.object();
    op.put("ref", context.reference());
    op.put("type", "data").put("obj", "task");
    op.put("obj_id", context.effectId().task().toString());
    op.put("conv_id", Long.toString(context.processId()));
    op.put("node_id", context.nodeId().toString());
    op.set("data", context.data());
    op.set("extra", body.extra().literal(context.scope()));
    ArrayNode ops = Json.array().add(op);
    ObjectNode out = Json.object();
    out.set("ops", ops);
    return out;
  }

  private static ObjectNode withSystem(
      ApiCall logic, LogicContext context, ObjectNode extra, String secret) {
    if (!logic.sendSystem() || !secret.isEmpty() || extra.has("sys")) {
      return extra;
    }
    ObjectNode system = extra.putObject("sys");
    system.put("ref", context.reference());
    system.put("obj_id", context.effectId().task().toString());
    system.put("conv_id", context.processId());
    system.put("node_id", context.nodeId().toString());
    return extra;
  }

  private static String sign(
      ApiCall logic, LogicContext context, String url, byte @Nullable [] body, String secret) {
    boolean conveyor = logic.body() instanceof ApiCall.Body.Conveyor;
    String time = Long.toString(context.scope().nowMillis() / 1000);
    String key = secret.isEmpty() ? context.processSecret() : secret;
    if (!secret.isEmpty() && SIGNED_PATH.matcher(url).matches()) {
      String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      return base + "/" + time + "/" + signature(time, key, body);
    }
    if (!logic.sendSystem() && !conveyor) {
      return url;
    }
    return appendQuery(
        url,
        "conv_signature="
            + signature(time, key, body)
            + "&conv_time="
            + time
            + "&conv_id="
            + context.processId());
  }

  private static String signature(String time, String secret, byte @Nullable [] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update((time + secret).getBytes(StandardCharsets.UTF_8));
      if (body != null) {
        digest.update(body);
      }
      digest.update(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }

  private static String form(ObjectNode extra) {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<String, JsonNode> entry : extra.properties()) {
      out.append(out.isEmpty() ? "" : "&")
          .append(encode(entry.getKey()))
          .append('=')
          .append(encode(TextForm.of(entry.getValue())));
    }
    return out.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String appendQuery(String url, String query) {
    if (query.isEmpty()) {
      return url;
    }
    int fragment = url.indexOf('#');
    String base = fragment < 0 ? url : url.substring(0, fragment);
    return base + (base.indexOf('?') < 0 ? "?" : "&") + query;
  }

  private static String checked(String url) throws BindException {
    // Authors leave spaces and other text in addresses; what RFC 3986 forbids is encoded.
    StringBuilder out = new StringBuilder(url.length() + 16);
    for (int i = 0; i < url.length(); ) {
      int c = url.codePointAt(i);
      i += Character.charCount(c);
      if (c > 0x20 && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0) {
        out.append((char) c);
      } else {
        out.append(encode(Character.toString(c)));
      }
    }
    try {
      URI uri = new URI(out.toString());
      if (uri.getHost() == null) {
        throw new BindException(new URISyntaxException("(address)", "has no host"));
      }
      return out.toString();
    } catch (URISyntaxException e) {
      throw new BindException(e);
    }
  }
}
