package io.millrace.engine.command;

import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** From one partition to another, delivered exactly once, to whoever owns {@link #slot()}. */
public sealed interface Message {
  int slot();

  /**
   * Create a task here on behalf of a Copy task logic elsewhere.
   *
   * @param call who waits for the {@link Acknowledge}, or null when nobody does
   */
  record CopyTask(
      int slot,
      @Nullable EffectId call,
      long processId,
      @Nullable String reference,
      ObjectNode data,
      long userId)
      implements Message {}

  /** Modify the task with this reference on behalf of a Modify task logic elsewhere. */
  record ModifyCopy(
      int slot,
      EffectId call,
      long processId,
      String reference,
      ObjectNode data,
      long userId,
      boolean sync)
      implements Message {}

  /** The outcome of a {@link CopyTask} or {@link ModifyCopy}, to the logic that asked. */
  record Acknowledge(EffectId call, Outcome outcome) implements Message {
    @Override
    public int slot() {
      return call.task().slot();
    }
  }

  /** Empty tag: success. Else the error tag and description of the process format. */
  record Outcome(String tag, String description) {
    public static final Outcome OK = new Outcome("", "");

    public boolean ok() {
      return tag.isEmpty();
    }
  }

  /** Tasks entered ({@code delta > 0}) or left a node that has a task counter. */
  record CountDelta(int slot, long processId, NodeId nodeId, long delta) implements Message {}

  /** Ask the node's home for one of its {@code max_threads} permits. */
  record AcquirePermit(
      int slot, long processId, NodeId nodeId, EffectId call, int permitsMax, long expiresAtMillis)
      implements Message {}

  /** A permit was given ({@code granted}) or the wait for one expired. */
  record PermitAnswer(EffectId call, boolean granted) implements Message {
    @Override
    public int slot() {
      return call.task().slot();
    }
  }

  /** Give a permit back, or leave the line of those who wait for one. */
  record ReleasePermit(int slot, long processId, NodeId nodeId, EffectId call) implements Message {}
}
