package io.millrace.engine.state;

/** Why a task does not move right now. The number is part of the stored form. */
public enum Rest {
  /** It can go on; its turn has not come, or its process does not run. */
  READY(0),
  /** The logics of its node are through: only a time limit, a change or a deletion moves it. */
  HOLDING(1),
  /** It waits for the result of an effect. */
  EFFECT(2),
  /** It waits for one of the node's permits. */
  PERMIT(3),
  /** It waits for the acknowledgement of a copy in another partition. */
  ACKNOWLEDGEMENT(4),
  /** It waits to be modified (waiting for callback, set state). */
  CALLBACK(5),
  /** It was stopped: a loop, a defect. */
  CANCELED(6);

  private final int code;

  Rest(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The reason with this number; the numbers are those of the order. */
  static Rest of(int code) {
    return ALL[code];
  }

  private static final Rest[] ALL = values();
}
