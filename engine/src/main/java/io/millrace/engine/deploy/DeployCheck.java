package io.millrace.engine.deploy;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.params.ParameterContract;
import io.millrace.engine.params.ParameterContractException;
import io.millrace.engine.process.NodeOrdinals;
import java.util.ArrayList;
import java.util.List;

/** Checks a process before it is deployed: {@code process-model.md} §7. */
public final class DeployCheck {
  private DeployCheck() {}

  /** All problems of the process; empty: it can run. */
  public static List<DeployProblem> check(
      ProcessSource source, boolean imported, TargetLookup targets) {
    return check(source, imported, targets, DeployLimits.DEFAULT);
  }

  /** As above, with limits of the installation. */
  public static List<DeployProblem> check(
      ProcessSource source, boolean imported, TargetLookup targets, DeployLimits limits) {
    SchemeCompiler.Result result =
        SchemeCompiler.compile(source, new NodeOrdinals(List.of()), imported, targets, limits);
    List<DeployProblem> problems = new ArrayList<>(result.problems());
    try {
      ParameterContract.compile(source.params());
    } catch (ParameterContractException e) {
      problems.add(
          new DeployProblem(true, null, "params", "Params are not valid: " + e.getMessage()));
    }
    return problems;
  }
}
