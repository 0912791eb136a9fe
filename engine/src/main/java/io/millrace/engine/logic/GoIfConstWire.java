package io.millrace.engine.logic;

import io.millrace.engine.condition.Condition;
import io.millrace.engine.condition.Operator;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wire form of {@link GoIfConst}: {@code {"type":"go_if_const","to_node_id":…,
 * "conditions":[{"param","fun","const","cast"}]}}; the oldest files have one condition's members in
 * the logic itself.
 */
final class GoIfConstWire {
  private GoIfConstWire() {}

  static GoIfConst read(ObjectNode json, WireContext context) {
    int target = context.target("to_node_id", json.get("to_node_id"), true);
    JsonNode list = json.get("conditions");
    List<Condition> conditions = new ArrayList<>();
    if (list == null && json.has("param")) {
      condition(json, "", context, conditions);
    } else if (list == null || !list.isArray() || list.isEmpty()) {
      context.error("conditions", "Condition node has no link");
    } else {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof ObjectNode element) {
          condition(element, "conditions[" + i + "].", context, conditions);
        } else {
          context.error("conditions[" + i + "]", "Expected an object");
        }
      }
    }
    return new GoIfConst(target, conditions);
  }

  private static void condition(
      ObjectNode json, String prefix, WireContext context, List<Condition> conditions) {
    String param = Wire.text(json.get("param"));
    String function = Wire.text(json.get("fun"));
    Operator operator = Operator.of(function);
    if (param.isBlank()) {
      context.error(prefix + "param", "The condition names no parameter");
      return;
    }
    if (operator == null) {
      context.error(
          prefix + "fun",
          "Unknown comparison '"
              + function
              + "': eq, not_eq, less, more, less_or_eq, more_or_eq or regexp");
      return;
    }
    ValueType cast = Wire.type(prefix + "cast", json.get("cast"), context);
    // Compiled here too, so that reads from outside are found and refused by name.
    if (param.contains("{{") || param.contains("$.")) {
      context.template(prefix + "param", param);
    }
    String constant = Wire.text(json.get("const"));
    context.template(prefix + "const", constant);
    try {
      conditions.add(Condition.compile(param, operator, constant, cast));
    } catch (TemplateException | JsonPathException e) {
      context.error(prefix + "param", "Bad condition: " + e.getMessage());
    }
  }
}
