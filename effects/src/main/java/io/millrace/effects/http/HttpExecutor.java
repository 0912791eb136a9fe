package io.millrace.effects.http;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.Effect.Header;
import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.id.EffectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the API call logic. A bounded number of calls runs at one time, the others wait in
 * order, their time limit not yet running; bodies and header values appear in no log and no error.
 */
public final class HttpExecutor implements EffectExecutor {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final GuardedHttpClient client;
  private final int callsMax;
  private final HttpExecutorMetrics metrics = new HttpExecutorMetrics();
  private final Object lock = new Object();
  // All three guarded by the lock.
  private final Map<EffectId, Call> calls = new HashMap<>();
  private final SequencedSet<Call> waiting = new LinkedHashSet<>();
  private int running;

  private static final class Call {
    final Effect.HttpCall effect;
    final Consumer<EffectResult> done;
    boolean begun;
    boolean over;
    @Nullable PendingExchange exchange;

    Call(Effect.HttpCall effect, Consumer<EffectResult> done) {
      this.effect = effect;
      this.done = done;
    }
  }

  /**
   * Makes an executor.
   *
   * @param callsMax calls under way at one time
   */
  public HttpExecutor(GuardedHttpClient client, int callsMax) {
    this.client = client;
    this.callsMax = callsMax;
  }

  public HttpExecutorMetrics metrics() {
    return metrics;
  }

  /** Calls under way. */
  public int running() {
    synchronized (lock) {
      return running;
    }
  }

  /** Calls that wait for others to end. */
  public int waiting() {
    synchronized (lock) {
      return calls.size() - running;
    }
  }

  @Override
  public boolean accepts(Effect effect) {
    return effect instanceof Effect.HttpCall;
  }

  @Override
  public void start(Effect effect, Consumer<EffectResult> done) {
    if (!(effect instanceof Effect.HttpCall httpCall)) {
      throw new IllegalArgumentException("Expected an HTTP call, but got " + effect.getClass());
    }
    metrics.started.increment();
    Call call = new Call(httpCall, done);
    Call earlier;
    synchronized (lock) {
      earlier = calls.put(httpCall.id(), call);
      waiting.add(call);
    }
    if (earlier != null) {
      // The host asked again for the same effect: only the later one is listened to.
      give(earlier);
    }
    next();
  }

  @Override
  public void cancel(EffectId effectId) {
    Call call;
    synchronized (lock) {
      call = calls.remove(effectId);
    }
    if (call != null) {
      metrics.cancelled.increment();
      give(call);
      next();
    }
  }

  /** Gives a call up, whether it waits or runs. */
  private void give(Call call) {
    PendingExchange exchange;
    synchronized (lock) {
      if (call.over) {
        return;
      }
      call.over = true;
      if (call.begun) {
        running--;
      } else {
        waiting.remove(call);
      }
      exchange = call.exchange;
    }
    if (exchange != null) {
      exchange.abort();
    }
  }

  private void next() {
    while (true) {
      Call call;
      synchronized (lock) {
        call = running < callsMax && !waiting.isEmpty() ? waiting.removeFirst() : null;
        if (call == null) {
          return;
        }
        call.begun = true;
        running++;
      }
      begin(call);
    }
  }

  private void begin(Call call) {
    PendingExchange exchange = client.send(request(call.effect), outcome -> end(call, outcome));
    boolean over;
    synchronized (lock) {
      call.exchange = exchange;
      over = call.over;
    }
    if (over) {
      exchange.abort();
    }
  }

  private void end(Call call, HttpOutcome outcome) {
    synchronized (lock) {
      if (call.over) {
        return;
      }
      call.over = true;
      running--;
      calls.remove(call.effect.id(), call);
    }
    try {
      call.done.accept(result(outcome));
    } finally {
      next();
    }
  }

  private EffectResult result(HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Answered answer -> {
        metrics.answered.increment();
        metrics.receivedBytes.add(answer.body().length);
        yield new EffectResult.HttpAnswer(
            answer.status(), answer.headers(), answer.body(), answer.elapsedMicros());
      }
      case HttpOutcome.Failed(var failure, var detail) -> {
        metrics.failed(failure).increment();
        yield new EffectResult.HttpFailed(failure, detail);
      }
    };
  }

  private static HttpRequest request(Effect.HttpCall call) {
    List<Header> headers = new ArrayList<>(call.headers());
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(IDEMPOTENCY_KEY))) {
      headers.add(new Header(IDEMPOTENCY_KEY, call.id().text()));
    }
    return new HttpRequest(
        call.method(),
        call.url(),
        headers,
        call.body(),
        call.timeoutMillis(),
        call.responseBytesMax(),
        0);
  }
}
