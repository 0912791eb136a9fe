package io.millrace.engine.command;

import io.millrace.engine.id.EffectId;

/**
 * Where a step's outcome goes. The host keeps all of it back until the step's state is durable
 * (cancellations may go at once).
 */
public interface Outputs {
  void reply(long requestId, Reply reply);

  /** To a slot that this partition does not own. */
  void send(Message message);

  void start(Effect effect);

  /** The result of this effect is no longer wanted; best effort. */
  void cancel(EffectId effectId);

  void event(Event event);
}
