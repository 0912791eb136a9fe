package io.millrace.runtime.loop;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.id.EffectId;
import io.millrace.runtime.inbox.Inbox;
import io.millrace.runtime.inbox.Submission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives effects to the executor that takes them and brings each result back as a command, once.
 * Belongs to a loop's thread; results may come on any.
 */
final class EffectDispatch {
  private static final Logger LOG = LoggerFactory.getLogger(EffectDispatch.class);

  private final List<EffectExecutor> executors;
  private final Map<EffectId, EffectExecutor> running = new HashMap<>();

  EffectDispatch(List<EffectExecutor> executors) {
    this.executors = executors;
  }

  void start(Effect effect, Inbox inbox) {
    Consumer<EffectResult> done = onceInto(inbox, effect.id());
    EffectExecutor executor = executorOf(effect);
    if (executor == null) {
      done.accept(failed(effect, "This installation has no executor for effects of this kind"));
      return;
    }
    running.put(effect.id(), executor);
    try {
      executor.start(effect, done);
    } catch (RuntimeException e) {
      LOG.error("The executor failed to start effect {}", effect.id().text(), e);
      done.accept(failed(effect, "The executor failed: " + e));
    }
  }

  private static Consumer<EffectResult> onceInto(Inbox inbox, EffectId id) {
    AtomicBoolean done = new AtomicBoolean();
    return result -> {
      if (done.compareAndSet(false, true)) {
        // Refused only when the host is gone; the effect is pending in the store then, and is
        // started again at the next start.
        inbox.offerInside(Submission.internal(new Command.FinishEffect(id, result)));
      }
    };
  }

  private @Nullable EffectExecutor executorOf(Effect effect) {
    for (EffectExecutor executor : executors) {
      if (executor.accepts(effect)) {
        return executor;
      }
    }
    return null;
  }

  private static EffectResult failed(Effect effect, String why) {
    return switch (effect) {
      case Effect.HttpCall call ->
          new EffectResult.HttpFailed(EffectResult.HttpFailure.INTERNAL, why);
      case Effect.Notify notify -> new EffectResult.NotifyFailed("notify_fatal_error", why);
    };
  }

  void cancel(EffectId id) {
    EffectExecutor executor = running.remove(id);
    if (executor != null) {
      try {
        executor.cancel(id);
      } catch (RuntimeException e) {
        // Best effort by contract: a result that comes all the same is ignored by the engine.
        LOG.warn("The executor failed to cancel effect {}", id.text(), e);
      }
    }
  }

  /** The engine has its result. */
  void finished(EffectId id) {
    running.remove(id);
  }

  int running() {
    return running.size();
  }
}
