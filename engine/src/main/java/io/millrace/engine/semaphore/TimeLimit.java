package io.millrace.engine.semaphore;

import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.Scope;
import io.millrace.engine.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * How long a task may stay in a node.
 *
 * @param millis fixed length of the stay, or -1 when {@code moment} tells the end
 * @param moment renders to the Unix time in seconds at which the stay ends
 * @param target ordinal of the node that the task then goes to
 */
public record TimeLimit(long millis, @Nullable Template moment, int target) {

  /** Answer of {@link #dueMillis}: the rendered value is not a time. */
  public static final long NOT_A_TIME = -1;

  /** When a stay that begins now ends, Unix milliseconds, or {@link #NOT_A_TIME}. */
  public long dueMillis(Scope scope) {
    if (moment == null) {
      return Math.addExact(scope.nowMillis(), millis);
    }
    try {
      double seconds = moment.renderAs(scope, ValueType.NUMBER, "value").doubleValue();
      boolean usable = seconds >= 0 && seconds < Long.MAX_VALUE / 4000.0;
      return usable ? (long) (seconds * 1000) : NOT_A_TIME;
    } catch (ConversionException e) {
      return NOT_A_TIME;
    }
  }
}
