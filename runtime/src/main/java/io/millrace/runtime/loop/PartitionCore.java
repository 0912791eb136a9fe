package io.millrace.runtime.loop;

import io.millrace.engine.Partition;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.state.State;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * What a loop needs of a partition; {@link Partition} is the real one. The seam lets tests drive a
 * loop with steps whose outputs they choose.
 */
public interface PartitionCore {
  void apply(Command command, Stamp stamp, Outputs outputs);

  boolean hasReady();

  void flush();

  long nextTimerMillis();

  void pendingEffects(Consumer<Effect> visitor);

  long tasksFinished();

  /** Opens a partition over its state. */
  @FunctionalInterface
  interface Factory {
    PartitionCore open(IntPredicate ownsSlot, State state);
  }

  static PartitionCore of(Partition partition) {
    return new PartitionCore() {
      @Override
      public void apply(Command command, Stamp stamp, Outputs outputs) {
        partition.apply(command, stamp, outputs);
      }

      @Override
      public boolean hasReady() {
        return partition.hasReady();
      }

      @Override
      public void flush() {
        partition.flush();
      }

      @Override
      public long nextTimerMillis() {
        return partition.nextTimerMillis();
      }

      @Override
      public void pendingEffects(Consumer<Effect> visitor) {
        partition.pendingEffects(visitor);
      }

      @Override
      public long tasksFinished() {
        return partition.tasksFinished();
      }
    };
  }
}
