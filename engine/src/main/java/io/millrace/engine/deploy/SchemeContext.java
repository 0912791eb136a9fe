package io.millrace.engine.deploy;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.process.NodeOrdinals;
import java.util.List;
import java.util.Set;

/** What reading any node of a scheme needs to know of the whole. */
record SchemeContext(
    Set<NodeId> nodes,
    NodeOrdinals ordinals,
    boolean imported,
    ProcessSource source,
    TargetLookup targets,
    DeployLimits limits,
    List<DeployProblem> problems) {}
