package io.millrace.http;

/**
 * Ends a request with a {@link Problem}; carries no stack trace, it is an answer and not a fault.
 */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code() + ": expected " + problem.expected(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
