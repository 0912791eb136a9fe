package io.millrace.engine.deploy;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.process.NodeKind;
import io.millrace.engine.process.NodeOrdinals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a scheme as a whole: reports every problem, and compiles it when there is no error. */
public final class SchemeCompiler {
  private SchemeCompiler() {}

  /**
   * What came of a scheme.
   *
   * @param process null when a problem is an error, or when there are no nodes at all
   */
  public record Result(@Nullable CompiledProcess process, List<DeployProblem> problems) {
    public Result {
      problems = List.copyOf(problems);
    }

    public boolean deployable() {
      return problems.stream().noneMatch(DeployProblem::error);
    }
  }

  /**
   * Compiles for running. What was deployed once must go on running, so this is as lenient as an
   * import and trusts the targets.
   */
  public static Result compile(ProcessSource source, NodeOrdinals ordinals) {
    return compile(source, ordinals, true, TargetLookup.TRUSTING, DeployLimits.NONE);
  }

  static Result compile(
      ProcessSource source,
      NodeOrdinals ordinals,
      boolean imported,
      TargetLookup targets,
      DeployLimits limits) {
    List<DeployProblem> problems = new ArrayList<>();
    Map<NodeId, ObjectNode> nodes = nodes(source, limits, problems);
    SchemeContext scheme =
        new SchemeContext(nodes.keySet(), ordinals, imported, source, targets, limits, problems);
    nodes.keySet().forEach(ordinals::ordinalOf);
    @Nullable CompiledNode[] compiled = new CompiledNode[ordinals.size()];
    int start = -1;
    int finals = 0;
    int starts = 0;
    for (Map.Entry<NodeId, ObjectNode> entry : nodes.entrySet()) {
      CompiledNode node = NodeCompiler.compile(entry.getKey(), entry.getValue(), scheme);
      compiled[node.ordinal()] = node;
      finals += node.isFinal() ? 1 : 0;
      if (node.kind() == NodeKind.START) {
        starts++;
        start = node.ordinal();
      }
    }
    shape(source, starts, finals, problems);
    boolean usable = problems.stream().noneMatch(DeployProblem::error) && start >= 0;
    return new Result(
        usable ? new CompiledProcess(compiled, start, source.stateDiagram()) : null, problems);
  }

  private static void shape(
      ProcessSource source, int starts, int finals, List<DeployProblem> problems) {
    if (starts != 1) {
      problems.add(
          problem("nodes", "Expected exactly one start node (obj_type 1), but got " + starts));
    }
    if (finals == 0 && !source.stateDiagram()) {
      problems.add(problem("nodes", "The process has no final node (obj_type 2)"));
    }
  }

  private static Map<NodeId, ObjectNode> nodes(
      ProcessSource source, DeployLimits limits, List<DeployProblem> problems) {
    Map<NodeId, ObjectNode> nodes = new LinkedHashMap<>();
    JsonNode list = source.scheme().path("nodes");
    if (!list.isArray()) {
      problems.add(problem("nodes", "Invalid scheme: expected an array of nodes"));
      return nodes;
    }
    if (list.size() > limits.nodesMax()) {
      problems.add(
          problem(
              "nodes",
              "The process has " + list.size() + " nodes; the limit is " + limits.nodesMax()));
      return nodes;
    }
    for (int i = 0; i < list.size(); i++) {
      String field = "nodes[" + i + "]";
      if (!(list.get(i) instanceof ObjectNode node)) {
        problems.add(problem(field, "Invalid scheme: expected an object"));
        continue;
      }
      String text = node.path("id").asString("");
      NodeId id = NodeId.parse(text);
      if (id == null) {
        problems.add(
            problem(
                field + ".id",
                "Expected 24 lower-case hexadecimal digits, but got '" + text + "'"));
      } else if (nodes.putIfAbsent(id, node) != null) {
        problems.add(new DeployProblem(true, id, "id", "Two nodes have the id " + id));
      }
    }
    return nodes;
  }

  private static DeployProblem problem(String field, String text) {
    return new DeployProblem(true, null, field, text);
  }
}
