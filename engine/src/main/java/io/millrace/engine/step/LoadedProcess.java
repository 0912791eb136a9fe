package io.millrace.engine.step;

import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.params.ParameterContract;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.process.NodeOrdinals;
import org.jspecify.annotations.Nullable;

/** A process as the partition runs it. {@code graph} null: not deployed yet, tasks wait. */
record LoadedProcess(
    ProcessSource source,
    NodeOrdinals ordinals,
    ParameterContract contract,
    @Nullable CompiledProcess graph) {

  long id() {
    return source.processId();
  }

  ProcessStatus status() {
    return source.status();
  }

  /** Whether tasks inside move. */
  boolean runs() {
    return graph != null && status().runs();
  }

  /** Whether this user may create and modify tasks here by a logic of another process. */
  boolean admits(long userId) {
    return source.ownerId() == userId || source.taskUsers().contains(userId);
  }

  int taskBytesMax(EngineSettings settings) {
    return source.stateDiagram() ? settings.taskBytesMaxState() : settings.taskBytesMaxProcess();
  }
}
