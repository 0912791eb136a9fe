package io.millrace.engine.template;

import io.millrace.engine.json.Numbers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code $.date(...)} and {@code $.unixtime(...)}. All calls of one logic see the same instant; the
 * fields are those of the named zone, or of the installation's.
 */
final class DateFunction implements Function {
  private static final long MILLIS_PER_SECOND = 1_000;

  private final Template argument;
  private final @Nullable ZoneId zone;
  private final boolean asUnixTime;
  private final @Nullable DateExpression constant;

  DateFunction(Template argument, @Nullable ZoneId zone, boolean asUnixTime) {
    this.argument = argument;
    this.zone = zone;
    this.asUnixTime = asUnixTime;
    this.constant = argument.constant() ? DateExpression.compile(argument.source().strip()) : null;
  }

  @Override
  public Template argument() {
    return argument;
  }

  @Override
  public JsonNode call(Scope scope) {
    String text = constant == null ? argument.rawText(scope).strip() : constant.source();
    DateExpression expression = constant == null ? DateExpression.compile(text) : constant;
    try {
      return evaluate(scope, expression);
    } catch (DateTimeException | ArithmeticException e) {
      throw new FunctionException((asUnixTime ? "$.unixtime(" : "$.date(") + text + ")");
    }
  }

  private JsonNode evaluate(Scope scope, @Nullable DateExpression expression) {
    if (expression == null) {
      throw new DateTimeException("too long");
    }
    Instant now = Instant.ofEpochMilli(scope.nowMillis());
    if (expression.source().isEmpty()) {
      long seconds = Math.floorDiv(scope.nowMillis(), MILLIS_PER_SECOND);
      int offsetSeconds = zone == null ? 0 : zone.getRules().getOffset(now).getTotalSeconds();
      return Numbers.node(seconds + offsetSeconds);
    }
    ZonedDateTime local = now.atZone(zone == null ? scope.zone() : zone);
    String text = expression.format(local);
    return asUnixTime
        ? Numbers.node(DateExpression.moment(text).atZone(local.getZone()).toEpochSecond())
        : JsonNodeFactory.instance.stringNode(text);
  }
}
