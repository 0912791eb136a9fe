package io.millrace.engine.params;

/** Parameter declarations that a process cannot be deployed with. */
public final class ParameterContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ParameterContractException(String problem) {
    super("Params are not valid: " + problem, null, false, false);
  }
}
