package io.millrace.runtime.loop;

import io.millrace.engine.command.Event;
import io.millrace.runtime.inbox.Submission;

/** What a loop sees of the host and of the other loops. */
public interface LoopPeers {
  /** Hands a message, which is in the outbox, to a partition of another loop. */
  void deliver(int partition, Submission message);

  void event(Event event);

  /** The loop cannot go on; the host must stop taking commands. */
  void failed(Throwable cause);

  /** Why the host takes no commands; for those whose commands were not finished. */
  String refusal();
}
