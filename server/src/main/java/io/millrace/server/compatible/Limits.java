package io.millrace.server.compatible;

/**
 * Limits of the compatible API.
 *
 * @param opsPerRequestMax operations in one request
 * @param referenceCharsMax length of a task's reference
 * @param pageTasksMax tasks in one page of a list
 * @param timerMinimumSeconds shortest time limit, told to clients
 */
public record Limits(
    int opsPerRequestMax, int referenceCharsMax, int pageTasksMax, int timerMinimumSeconds) {
  public static final Limits DEFAULT = new Limits(10_000, 255, 1_000, 30);
}
