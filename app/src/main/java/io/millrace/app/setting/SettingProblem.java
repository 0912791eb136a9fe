package io.millrace.app.setting;

/**
 * One thing that is wrong with the settings.
 *
 * @param name the setting
 * @param value what it was given, already masked when it is secret
 * @param origin where it was given, such as {@code millrace.conf, line 7}
 * @param expected what would have been right
 * @param remedy what to do
 */
public record SettingProblem(
    String name, String value, String origin, String expected, String remedy) {

  /** The problem as one paragraph. */
  public String text() {
    StringBuilder text = new StringBuilder(name);
    if (!value.isEmpty()) {
      text.append(" = ").append(value);
    }
    text.append(" (").append(origin).append("): expected ").append(expected).append('.');
    return remedy.isEmpty() ? text.toString() : text.append(' ').append(remedy).toString();
  }
}
