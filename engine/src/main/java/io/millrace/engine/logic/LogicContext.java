package io.millrace.engine.logic;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Message;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.template.Scope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a logic may see and ask for while it runs; implemented by the activation. */
public interface LogicContext {
  Scope scope();

  EngineSettings settings();

  ObjectNode data();

  /**
   * Replaces the task's data.
   *
   * @param bytesMore upper bound by which the compact JSON form grew
   * @return the size in bytes if the data is now too large, and then nothing was changed; else 0
   */
  long write(ObjectNode data, long bytesMore);

  /** Upper bound of the size of this task's data, bytes. */
  long dataBytes();

  /** Largest size of this task's data, bytes. */
  long dataBytesMax();

  long processId();

  NodeId nodeId();

  @Nullable String reference();

  /** The stable id of what the present logic asks for. */
  EffectId effectId();

  /** Bytes of the body that the answered request had; 0 when there was none. */
  int requestBytes();

  /** Secret that signs requests of this node when the author gave none; empty: none. */
  String processSecret();

  /** Asks for work outside; the task must then wait. */
  void start(Effect effect);

  /**
   * Asks for one of the node's permits. True: it holds one. False: the task must wait with {@code
   * Rest.PERMIT}, and the logic runs again when it has one.
   */
  boolean acquirePermit(int permitsMax);

  /**
   * Creates a task elsewhere.
   *
   * @param target a process number, as text
   * @param reference null: none
   * @param bytes upper bound of the size of {@code data}
   * @param waits whether the logic wants the acknowledgement
   * @return the outcome, or null when it comes later and the task must wait
   */
  Message.@Nullable Outcome copy(
      String target, @Nullable String reference, ObjectNode data, long bytes, boolean waits);

  /** Modifies a live task elsewhere; otherwise as {@link #copy}. */
  Message.@Nullable Outcome modify(String target, String reference, ObjectNode data, boolean sync);
}
