package io.millrace.effects.http;

import io.millrace.engine.command.EffectResult.HttpFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counters of the HTTP executor since the process began; whoever publishes metrics reads them. */
public final class HttpExecutorMetrics {
  /** Calls begun, finished ones included. */
  public final LongAdder started = new LongAdder();

  /** Calls that brought an answer, whatever its status. */
  public final LongAdder answered = new LongAdder();

  /** Calls given up by the engine. */
  public final LongAdder cancelled = new LongAdder();

  /** Bytes of answers. */
  public final LongAdder receivedBytes = new LongAdder();

  private final Map<HttpFailure, LongAdder> failures = new EnumMap<>(HttpFailure.class);

  HttpExecutorMetrics() {
    for (HttpFailure failure : HttpFailure.values()) {
      failures.put(failure, new LongAdder());
    }
  }

  /** Calls that brought no usable answer, by kind. */
  public LongAdder failed(HttpFailure failure) {
    return Objects.requireNonNull(failures.get(failure));
  }
}
