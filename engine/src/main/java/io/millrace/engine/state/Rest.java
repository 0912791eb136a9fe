package io.millrace.engine.state;

/** Why a task does not move right now. The order is part of the stored form. */
public enum Rest {
  /** It can go on; its turn has not come, or its process does not run. */
  READY,
  /** The logics of its node are through: only a time limit, a change or a deletion moves it. */
  HOLDING,
  /** It waits for the result of an effect. */
  EFFECT,
  /** It waits for one of the node's permits. */
  PERMIT,
  /** It waits for the acknowledgement of a copy in another partition. */
  ACKNOWLEDGEMENT,
  /** It waits to be modified (waiting for callback, set state). */
  CALLBACK,
  /** It was stopped: a loop, a defect. */
  CANCELED
}
