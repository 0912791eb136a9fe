package io.millrace.engine.process;

import org.jspecify.annotations.Nullable;

/** What a node is for; the order is that of the numbers in the format. */
public enum NodeKind {
  NORMAL,
  START,
  FINAL,
  /** Runs like a normal node; marks where failures are handled. */
  ESCALATION,
  /** A normal node whose process call is answered from prepared answers. */
  STUB;

  private static final NodeKind[] KINDS = values();

  /** The kind with this {@code obj_type}, or null. */
  public static @Nullable NodeKind of(int number) {
    return number >= 0 && number < KINDS.length ? KINDS[number] : null;
  }
}
