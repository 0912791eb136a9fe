package io.millrace.engine;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.state.State;
import io.millrace.engine.step.Machine;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * One partition: applies commands to its state, one after the other. Not thread-safe; one host
 * thread at a time.
 *
 * <p>A host repeats: {@link #apply} commands; while {@link #hasReady}, apply {@link
 * Command.RunReady}; {@link #flush}; make the state durable; only then release what went into the
 * outputs.
 */
public final class Partition {
  private final Machine machine;

  /** Opens the partition over its state, as the last commit left it. */
  public Partition(EngineSettings settings, IntPredicate ownsSlot, State state) {
    machine = new Machine(settings, ownsSlot, state);
  }

  /**
   * Applies one command. Never throws for what a command contains; only a failure of the state
   * comes out as an exception, and the host must then give the partition up.
   */
  public void apply(Command command, Stamp stamp, Outputs outputs) {
    machine.apply(command, stamp, outputs);
  }

  /** Whether activations wait for a {@link Command.RunReady}. */
  public boolean hasReady() {
    return machine.hasReady();
  }

  /** Writes what is still held in memory into the state; the host calls it before each commit. */
  public void flush() {
    machine.flush();
  }

  /**
   * When the next timer is due, Unix milliseconds; {@code Long.MAX_VALUE}: none. True after {@link
   * #flush}.
   */
  public long nextTimerMillis() {
    return machine.nextTimerMillis();
  }

  /** Effects that were started and have no result yet; to be started again after opening. */
  public void pendingEffects(Consumer<Effect> visitor) {
    machine.pendingEffects(visitor);
  }

  /** Tasks that reached a final node since the partition was opened. */
  public long tasksFinished() {
    return machine.tasksFinished();
  }
}
