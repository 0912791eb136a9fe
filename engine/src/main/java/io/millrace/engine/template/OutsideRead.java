package io.millrace.engine.template;

/**
 * A place in a template that needs more than the task at hand to be answered. It renders as
 * missing; whoever deploys the template decides whether that is acceptable.
 *
 * @param text what stands in the template, without its braces
 */
public record OutsideRead(Kind kind, String text) {
  /** What would have to be asked. */
  public enum Kind {
    ENV_VAR,
    CONV,
    NODE,
    FUNCTION
  }
}
