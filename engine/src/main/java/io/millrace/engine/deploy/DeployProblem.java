package io.millrace.engine.deploy;

import io.millrace.engine.id.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a graph.
 *
 * @param error true: deploying is refused; false: people are told
 * @param nodeId where; null: the process as a whole
 * @param field path of the member, from the node, such as {@code logics[0].to_node_id}
 * @param text what is wrong
 */
public record DeployProblem(boolean error, @Nullable NodeId nodeId, String field, String text) {}
