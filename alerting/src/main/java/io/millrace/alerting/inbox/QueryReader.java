package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.Severity;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a query from its named parts, wherever they stand: in the URL or in a JSON body. */
final class QueryReader {
  private static final int QUERY_LENGTH_MAX = 500;

  private final Function<String, @Nullable String> parts;

  QueryReader(Function<String, @Nullable String> parts) {
    this.parts = parts;
  }

  AlertQuery query() {
    String words = text("query");
    if (words != null && words.length() > QUERY_LENGTH_MAX) {
      throw ApiProblem.badValue("query", words, "at most " + QUERY_LENGTH_MAX + " characters");
    }
    return new AlertQuery(
        words == null ? "" : words.replace("\0", ""),
        severities(),
        flag("acknowledged"),
        text("channel"),
        number("processId"),
        number("fromMillis"),
        number("toMillis"));
  }

  @Nullable AlertCursor before() {
    String text = text("before");
    if (text == null) {
      return null;
    }
    AlertCursor cursor = AlertCursor.parse(text);
    if (cursor == null) {
      throw ApiProblem.badValue("before", text, "the value of 'next' of an earlier answer");
    }
    return cursor;
  }

  int limit() {
    Long limit = number("limit");
    if (limit == null) {
      return 50;
    }
    if (limit < 1 || limit > Inbox.LIMIT_MAX) {
      throw ApiProblem.badValue("limit", limit.toString(), "1 to " + Inbox.LIMIT_MAX);
    }
    return limit.intValue();
  }

  private Set<Severity> severities() {
    Set<Severity> severities = EnumSet.noneOf(Severity.class);
    String text = text("severity");
    if (text == null) {
      return severities;
    }
    for (String word : text.split(",", -1)) {
      Severity severity = Severity.parse(word);
      if (severity == null) {
        throw ApiProblem.badValue(
            "severity", word, "info, low, medium, high or critical, several with commas");
      }
      severities.add(severity);
    }
    return severities;
  }

  private @Nullable Boolean flag(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw ApiProblem.badValue(name, text, "true or false");
    };
  }

  private @Nullable Long number(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!text.matches("-?\\d{1,18}")) {
      throw ApiProblem.badValue(name, text, "a whole number");
    }
    return Long.valueOf(text);
  }

  private @Nullable String text(String name) {
    String value = parts.apply(name);
    return value == null || value.isBlank() ? null : value;
  }
}
