package io.millrace.engine.template;

import tools.jackson.databind.JsonNode;

/** One call of a built-in function, compiled with its argument. */
interface Function {
  /** Fails with {@link FunctionException} when the argument is not what the function takes. */
  JsonNode call(Scope scope);

  /** What stands between the parentheses. */
  Template argument();
}
