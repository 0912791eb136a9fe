package io.millrace.engine.template;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a template can see. Time and randomness come from the step, so that rendering the same
 * template in the same scope gives the same value.
 */
public interface Scope {
  ObjectNode data();

  /** A value of the task itself, read as {@code {{root.name}}}; null when it is not known. */
  @Nullable JsonNode root(String name);

  /**
   * A value that wins over the data, such as the body of an API answer; null when there is none.
   */
  @Nullable JsonNode overlay(String name);

  /** The instant that all time functions of one logic share. */
  long nowMillis();

  /** 64 random bits of the step. */
  long nextRandom();

  /** The zone of date functions that name none. */
  ZoneId zone();
}
