package io.millrace.engine.logic;

import io.millrace.engine.state.Rest;

/** What running a logic came to. */
public sealed interface Outcome {
  /** Done; the next logic of the node is on. */
  record Continue() implements Outcome {
    static final Continue INSTANCE = new Continue();
  }

  /** The task leaves to the node with this ordinal. */
  record Leave(int target) implements Outcome {}

  /** The task rests at this logic. */
  record Wait(Rest rest) implements Outcome {}

  /** The logic failed; its changes are not applied. */
  record Failed(LogicError error) implements Outcome {}
}
