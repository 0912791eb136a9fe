package io.millrace.engine.logic;

import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.KeyTemplate;
import io.millrace.engine.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of {@link ApiCall}, with the spellings of old files: {@code logics.md} §4.1. */
final class ApiCallWire {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern WHOLE_BODY = Pattern.compile("\\{\\{\\s*body\\s*}}");
  private static final int PERMITS_DEFAULT = 5;
  private static final int PERMITS_LIMIT = 50_000;

  private ApiCallWire() {}

  static ApiCall read(ObjectNode json, WireContext context) {
    String format = Wire.text(json.get("format")).toLowerCase(Locale.ROOT);
    String contentType = contentType(json, format, context);
    if (!Wire.text(json.get("cert_pem")).isEmpty()) {
      context.error("cert_pem", "Client certificates are not supported by this release");
    }
    boolean customized = Wire.flag(json, "customize_response", false);
    boolean forced = customized && !contentType.equals(JSON);
    return new ApiCall(
        url(json, context),
        method(json, format, context),
        body(json, format, context),
        contentType,
        headers(json.get("extra_headers"), context),
        Wire.flag(json, "send_sys", true),
        context.template("api_secret_outer", Wire.text(json.get("api_secret_outer"))),
        permits(json, context),
        Wire.flag(json, "rfc_format", true),
        Wire.flag(json, "debug_info", false),
        customized ? mappings(json, context) : null,
        forced ? contentType : null,
        Wire.errorExit(json, context));
  }

  private static Template url(ObjectNode json, WireContext context) {
    String text = Wire.text(json.get("url")).trim();
    boolean dynamic = text.contains("{{") || text.contains("$.");
    String lower = text.toLowerCase(Locale.ROOT);
    if (!dynamic && !lower.startsWith("http://") && !lower.startsWith("https://")) {
      context.error(
          "url",
          "Expected an address that begins with http:// or https://, but got '" + text + "'");
    }
    return context.template("url", text);
  }

  private static String method(ObjectNode json, String format, WireContext context) {
    String method = Wire.text(json.get("method")).trim().toUpperCase(Locale.ROOT);
    if (method.isEmpty()) {
      return format.equals("get") ? "GET" : "POST";
    }
    if (!METHODS.contains(method)) {
      context.error("method", "Unknown method '" + method + "': one of " + METHODS);
      return "POST";
    }
    return method;
  }

  private static String contentType(ObjectNode json, String format, WireContext context) {
    String type = Wire.text(json.get("content_type")).trim().toLowerCase(Locale.ROOT);
    String media = type.split(";", 2)[0].trim();
    if (media.isEmpty()) {
      return format.equals("nvp") ? FORM : JSON;
    }
    if (media.contains("xml") && !format.equals("raw")) {
      context.error(
          "content_type", "The content type '" + media + "' is not supported by this release");
    }
    return media;
  }

  private static ApiCall.Body body(ObjectNode json, String format, WireContext context) {
    return switch (format) {
      case "raw" ->
          new ApiCall.Body.Raw(context.template("raw_body", Wire.text(json.get("raw_body"))));
      case "conveyor", "corezoid" ->
          new ApiCall.Body.Conveyor(Wire.assignments(json, "extra", context));
      case "", "default", "json", "get", "nvp" ->
          new ApiCall.Body.Parameters(Wire.assignments(json, "extra", context));
      default -> {
        context.error("format", "Unknown format '" + format + "': empty, default, conveyor or raw");
        yield new ApiCall.Body.Parameters(Assignments.NONE);
      }
    };
  }

  private static List<ApiCall.Header> headers(@Nullable JsonNode value, WireContext context) {
    List<ApiCall.Header> headers = new ArrayList<>();
    if (value == null || value.isNull() || (value.isContainer() && value.isEmpty())) {
      return headers;
    }
    if (!value.isObject()) {
      context.error("extra_headers", "Expected an object of headers");
      return headers;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      if (HEADER_NAME.matcher(name).matches()) {
        headers.add(
            new ApiCall.Header(
                name, context.template("extra_headers." + name, Wire.text(entry.getValue()))));
      } else {
        context.error("extra_headers." + name, "This is not a header name");
      }
    }
    return headers;
  }

  private static int permits(ObjectNode json, WireContext context) {
    JsonNode value = json.has("max_threads") ? json.get("max_threads") : json.get("max_theads");
    String text = Wire.text(value).trim();
    if (text.isEmpty()) {
      return PERMITS_DEFAULT;
    }
    try {
      int permits = Integer.parseInt(text);
      if (permits >= 1 && permits <= PERMITS_LIMIT) {
        return permits;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the range.
    }
    context.error(
        "max_threads", "Expected a number from 1 to " + PERMITS_LIMIT + ", but got '" + text + "'");
    return PERMITS_DEFAULT;
  }

  private static List<ApiCall.Mapping> mappings(ObjectNode json, WireContext context) {
    List<ApiCall.Mapping> mappings = new ArrayList<>();
    JsonNode response = json.get("response");
    JsonNode types = json.get("response_type");
    if (response == null || !response.isObject()) {
      mapping(mappings, "header", "{{header}}", ValueType.OBJECT, context);
      mapping(mappings, "body", "{{body}}", ValueType.OBJECT, context);
      return mappings;
    }
    for (Map.Entry<String, JsonNode> entry : response.properties()) {
      String name = entry.getKey();
      JsonNode type = types == null ? null : types.get(name);
      mapping(
          mappings,
          name,
          Wire.text(entry.getValue()),
          Wire.type("response_type." + name, type, context),
          context);
    }
    return mappings;
  }

  private static void mapping(
      List<ApiCall.Mapping> mappings,
      String name,
      String source,
      ValueType type,
      WireContext context) {
    KeyTemplate key = Wire.key("response", name, context);
    if (key != null) {
      boolean whole = WHOLE_BODY.matcher(source.trim()).matches();
      Template value = context.template("response." + name, source);
      mappings.add(new ApiCall.Mapping(name, key, value, type, whole));
    }
  }
}
