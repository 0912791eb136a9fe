package io.millrace.server.directory;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.deploy.DeployCheck;
import io.millrace.engine.deploy.TargetLookup;
import io.millrace.workspace.store.WorkspaceException.Problem;
import io.millrace.workspace.version.ProcessDraft;
import io.millrace.workspace.version.SchemeCheck;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** The engine's deploy check, in the form in which the workspace asks for it. */
public final class EngineSchemeCheck implements SchemeCheck {

  @Override
  public List<Problem> check(ProcessDraft draft, boolean imported) {
    ProcessSource source =
        new ProcessSource(
            draft.processId(),
            0,
            draft.title(),
            draft.stateDiagram(),
            ProcessStatus.ACTIVE,
            draft.params(),
            draft.scheme(),
            draft.deployingUserId(),
            List.of(),
            0,
            JsonNodeFactory.instance.objectNode());
    return DeployCheck.check(source, imported, process -> standing(draft, process)).stream()
        .map(problem ->
            new Problem(
                problem.error(),
                problem.nodeId() == null ? null : problem.nodeId().toString(),
                problem.field(),
                problem.text()))
        .toList();
  }

  /** How a process that a logic names stands; aliases are not kept, so none is found. */
  private static TargetLookup.Standing standing(ProcessDraft draft, String process) {
    long id;
    try {
      id = Long.parseLong(process);
    } catch (NumberFormatException e) {
      return TargetLookup.Standing.NOT_FOUND;
    }
    if (id == draft.processId()) {
      return TargetLookup.Standing.ACTIVE; // a process may copy to itself before it is deployed
    }
    Optional<ProcessDraft.Target> target = draft.lookup().find(id);
    if (target.isEmpty()) {
      return TargetLookup.Standing.NOT_FOUND;
    }
    if (!target.get().accessible()) {
      return TargetLookup.Standing.DENIED;
    }
    return target.get().info().status() == ProcessStatus.ACTIVE
        ? TargetLookup.Standing.ACTIVE
        : TargetLookup.Standing.NOT_ACTIVE;
  }
}
