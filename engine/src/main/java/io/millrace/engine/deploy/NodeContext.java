package io.millrace.engine.deploy;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.logic.Logic;
import io.millrace.engine.logic.WireContext;
import io.millrace.engine.template.Template;
import io.millrace.engine.template.TemplateException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reading one logic or semaphore of one node; prefixes the fields of problems. */
final class NodeContext implements WireContext {
  private static final Template EMPTY = Template.compile("");

  private final SchemeContext scheme;
  private final NodeId node;
  private final String prefix;

  NodeContext(SchemeContext scheme, NodeId node, String prefix) {
    this.scheme = scheme;
    this.node = node;
    this.prefix = prefix;
  }

  @Override
  public boolean imported() {
    return scheme.imported();
  }

  @Override
  public boolean stateDiagram() {
    return scheme.source().stateDiagram();
  }

  @Override
  public int target(String field, @Nullable JsonNode value, boolean required) {
    String text = value == null ? "" : value.asString("");
    if (text.isEmpty()) {
      if (required) {
        error(field, "Condition node has no link");
      }
      return Logic.NO_EXIT;
    }
    if (text.contains("{{")) {
      error(field, "The target of an edge cannot be a template");
      return Logic.NO_EXIT;
    }
    NodeId target = NodeId.parse(text);
    if (target == null || !scheme.nodes().contains(target)) {
      error(field, "referenced node does not exist: " + text);
      return Logic.NO_EXIT;
    }
    return scheme.ordinals().ordinalOf(target);
  }

  @Override
  public Template template(String field, String source) {
    if (source.isEmpty()) {
      return EMPTY;
    }
    try {
      Template template = Template.compile(source);
      for (var read : template.outsideReads()) {
        error(field, "'" + read.text() + "' is not supported by this release");
      }
      return template;
    } catch (TemplateException | JsonPathException e) {
      error(field, "Bad template: " + e.getMessage());
      return EMPTY;
    }
  }

  @Override
  public void targetProcess(String field, Template target) {
    if (!target.constant()) {
      return;
    }
    String text = target.source().trim();
    if (!text.matches("[0-9]{1,18}")) {
      error(
          field,
          text.startsWith("@")
              ? "Aliases are not supported by this release: " + text
              : "Expected the number of a process, but got '" + text + "'");
      return;
    }
    switch (scheme.targets().find(text)) {
      case ACTIVE -> {
        if (text.equals(Long.toString(scheme.source().processId()))) {
          warning(field, "The logic names its own process");
        }
      }
      case NOT_ACTIVE -> error(field, "Only active process can be used: " + text);
      case NOT_FOUND -> error(field, "called process doesn't found: " + text);
      case DENIED -> error(field, "Access denied: process " + text);
    }
  }

  @Override
  public void error(String field, String text) {
    scheme.problems().add(new DeployProblem(true, node, prefix + field, text));
  }

  @Override
  public void warning(String field, String text) {
    scheme.problems().add(new DeployProblem(false, node, prefix + field, text));
  }
}
