package io.millrace.engine.logic;

import io.millrace.engine.template.Template;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What reading a node's JSON needs to know, and where its problems go. */
public interface WireContext {
  /** Whether the graph comes from a file: old habits are then warnings, not errors. */
  boolean imported();

  /** Whether the process is a state diagram. */
  boolean stateDiagram();

  /**
   * The ordinal of the node that an edge names; {@link Logic#NO_EXIT} and a problem when there is
   * no such node.
   *
   * @param required whether an absent edge is a problem, too
   */
  int target(String field, @Nullable JsonNode value, boolean required);

  /** Compiles a template; a bad one is a problem, and an empty one takes its place. */
  Template template(String field, String source);

  /** Checks the process that a logic names, when that is a constant. */
  void targetProcess(String field, Template target);

  void error(String field, String text);

  void warning(String field, String text);
}
