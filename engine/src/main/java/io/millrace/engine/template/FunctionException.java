package io.millrace.engine.template;

/** Arguments that a function cannot work with; becomes the conversion error of the logic. */
final class FunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FunctionException(String call) {
    super(call, null, false, false);
  }

  /** What was to be evaluated, with the arguments as they came out. */
  String call() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
