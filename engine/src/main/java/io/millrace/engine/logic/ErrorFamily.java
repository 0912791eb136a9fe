package io.millrace.engine.logic;

import java.util.List;

/**
 * The names under which a logic's failures appear in task data: {@code
 * __conveyor_<family>_return_…__}, and the tags that all families have.
 */
public enum ErrorFamily {
  SET_PARAM(
      List.of("set_param"),
      "set_param_wrong_convert_param",
      "set_param_size_overflow_limit",
      "set_param_fatal_error"),
  COPY_TASK(
      List.of("copy_task"),
      "copy_task_wrong_convert_param",
      "copy_task_size_overflow_limit",
      "copy_task_fatal_error"),
  /** Modify task writes both names; existing processes test the older one. */
  MODIFY_TASK(
      List.of("copy_task", "modify_task"),
      "copy_task_wrong_convert_param",
      "copy_task_size_overflow_limit",
      "copy_task_fatal_error"),
  API(List.of("api"), "api_wrong_convert_param", "api_task_size_overflow_limit", "api_fatal_error"),
  NOTIFY(
      List.of("notify"),
      "notify_wrong_convert_param",
      "notify_size_overflow_limit",
      "notify_fatal_error");

  private final List<String> names;
  private final String conversionTag;
  private final String sizeTag;
  private final String fatalTag;

  ErrorFamily(List<String> names, String conversionTag, String sizeTag, String fatalTag) {
    this.names = names;
    this.conversionTag = conversionTag;
    this.sizeTag = sizeTag;
    this.fatalTag = fatalTag;
  }

  public List<String> names() {
    return names;
  }

  public String conversionTag() {
    return conversionTag;
  }

  public String sizeTag() {
    return sizeTag;
  }

  public String fatalTag() {
    return fatalTag;
  }
}
