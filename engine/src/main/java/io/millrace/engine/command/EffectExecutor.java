package io.millrace.engine.command;

import io.millrace.engine.id.EffectId;
import java.util.function.Consumer;

/**
 * Carries out effects of one kind. Implementations stand in other modules; hosts call them after
 * the step that asked is durable, and again after a crash for what was pending then.
 */
public interface EffectExecutor {
  /** Whether this executor carries out such an effect. */
  boolean accepts(Effect effect);

  /**
   * Begins the work and returns at once; must not block. {@code done} is called exactly once, on
   * any thread, unless the effect was cancelled before.
   */
  void start(Effect effect, Consumer<EffectResult> done);

  /** The result is no longer wanted. Best effort; a late {@code done} does no harm. */
  void cancel(EffectId effectId);
}
