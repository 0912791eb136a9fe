package io.millrace.engine.logic;

import io.millrace.engine.template.Template;

/**
 * Copy task and Modify task.
 *
 * @param modify whether it modifies an existing task
 * @param target the process: a number, or a template that gives one
 * @param reference empty when rendered: none
 * @param wholeTask whether the task's own data goes along, below {@code data}
 * @param waits wait for the acknowledgement; for Modify: the target must wait for a callback
 */
public record ApiCopy(
    boolean modify,
    Template target,
    Template reference,
    Assignments data,
    boolean wholeTask,
    boolean waits,
    int errorExit)
    implements Logic {
  public static final String TYPE = "api_copy";

  /** Where the outcome is written: {@code ok} or the error tag. */
  static final String RESULT = "__conveyor_copy_task_result__";

  @Override
  public String type() {
    return TYPE;
  }

  ErrorFamily family() {
    return modify ? ErrorFamily.MODIFY_TASK : ErrorFamily.COPY_TASK;
  }
}
