package io.millrace.engine.logic;

import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.KeyTemplate;
import io.millrace.engine.template.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * API call.
 *
 * @param method upper case
 * @param body how the request is made
 * @param contentType the request's media type when no header gives one
 * @param permitsMax simultaneous requests of this node over the whole installation
 * @param response null: the standard way of taking an answer
 * @param forcedType media type that the answer is read as, whatever it says; null: what it says
 */
public record ApiCall(
    Template url,
    String method,
    Body body,
    String contentType,
    List<Header> headers,
    boolean sendSystem,
    Template secret,
    int permitsMax,
    boolean emptyBodyAllowed,
    boolean debug,
    @Nullable List<Mapping> response,
    @Nullable String forcedType,
    int errorExit)
    implements Logic {
  public static final String TYPE = "api";

  /** How the request's parameters travel. */
  public sealed interface Body {
    /** Parameters: a JSON object, form fields, or the query. */
    record Parameters(Assignments extra) implements Body {}

    /** A text as the author wrote it. */
    record Raw(Template text) implements Body {}

    /** The engine's own format: one operation with the whole task. */
    record Conveyor(Assignments extra) implements Body {}
  }

  /** A request header; the last of equal names wins. */
  public record Header(String name, Template value) {}

  /** One entry of a customised response. {@code wholeBody}: the value is just the body. */
  public record Mapping(
      String name, KeyTemplate key, Template value, ValueType type, boolean wholeBody) {}

  public ApiCall {
    headers = List.copyOf(headers);
    response = response == null ? null : List.copyOf(response);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
