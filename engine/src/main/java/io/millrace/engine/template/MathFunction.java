package io.millrace.engine.template;

import tools.jackson.databind.JsonNode;

/** {@code $.math(expression)}. */
record MathFunction(Template argument) implements Function {
  @Override
  public JsonNode call(Scope scope) {
    String expression = argument.rawText(scope);
    JsonNode value = MathExpression.evaluate(expression);
    if (value == null) {
      throw new FunctionException("$.math(" + expression + ")");
    }
    return value;
  }
}
