package io.millrace.engine.step;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.deploy.DeployProblem;
import io.millrace.engine.deploy.SchemeCompiler;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.params.ParameterContract;
import io.millrace.engine.params.ParameterContractException;
import io.millrace.engine.process.NodeOrdinals;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.ProcessCodec;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The processes that this partition knows, compiled; kept in memory and in the state. */
final class Directory {
  private final State state;
  private final Map<Long, LoadedProcess> processes = new TreeMap<>();

  Directory(State state) {
    this.state = state;
    state.scan(
        Space.DIRECTORY,
        new byte[0],
        Keys.process(-1),
        (key, value) -> {
          ProcessCodec.Stored stored = ProcessCodec.decode(value);
          NodeOrdinals ordinals = new NodeOrdinals(stored.nodes());
          LoadedProcess loaded = load(stored.source(), ordinals);
          processes.put(loaded.id(), loaded);
          return true;
        });
  }

  @Nullable LoadedProcess find(long processId) {
    return processes.get(processId);
  }

  Collection<LoadedProcess> all() {
    return processes.values();
  }

  /** Takes a process over; answers what makes it impossible, or null. */
  @Nullable String put(ProcessSource source) {
    LoadedProcess before = processes.get(source.processId());
    List<NodeId> known = before == null ? List.of() : before.ordinals().ids();
    NodeOrdinals ordinals = new NodeOrdinals(known);
    if (!source.scheme().path("nodes").isEmpty()) {
      SchemeCompiler.Result result = SchemeCompiler.compile(source, ordinals);
      if (result.process() == null) {
        return result.problems().stream()
            .filter(DeployProblem::error)
            .min(Comparator.comparing(DeployProblem::field))
            .map(problem -> problem.field() + ": " + problem.text())
            .orElse("The process has no start node");
      }
    }
    LoadedProcess loaded;
    try {
      loaded = load(source, ordinals);
    } catch (ParameterContractException e) {
      return "params: " + e.getMessage();
    }
    store(loaded);
    return null;
  }

  void status(LoadedProcess process, ProcessStatus status) {
    ProcessSource old = process.source();
    ProcessSource source =
        new ProcessSource(
            old.processId(),
            old.version(),
            old.title(),
            old.stateDiagram(),
            status,
            old.params(),
            old.scheme(),
            old.ownerId(),
            old.taskUsers(),
            old.retentionDays(),
            old.extensions());
    store(new LoadedProcess(source, process.ordinals(), process.contract(), process.graph()));
  }

  void remove(long processId) {
    processes.remove(processId);
    state.delete(Space.DIRECTORY, Keys.process(processId));
  }

  private void store(LoadedProcess loaded) {
    processes.put(loaded.id(), loaded);
    state.put(
        Space.DIRECTORY,
        Keys.process(loaded.id()),
        ProcessCodec.encode(new ProcessCodec.Stored(loaded.source(), loaded.ordinals().ids())));
  }

  private static LoadedProcess load(ProcessSource source, NodeOrdinals ordinals) {
    boolean deployed = !source.scheme().path("nodes").isEmpty();
    return new LoadedProcess(
        source,
        ordinals,
        ParameterContract.compile(source.params()),
        deployed ? SchemeCompiler.compile(source, ordinals).process() : null);
  }
}
