package io.millrace.app.setting;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The declaration of one setting: the only place where its name, type, default and meaning are
 * written. The reference page, the first configuration file and {@code --print-settings} come from
 * here.
 *
 * @param name lower case words joined by dashes, grouped by dots; the unit stands last. A part
 *     {@code <name>} makes it a setting that may be given many times, once for every name
 * @param type how its text is read
 * @param defaultText the value when nobody sets it, as it would be written; empty: not set
 * @param unit unit of the value; empty when it has none
 * @param description what it does, in whole sentences
 * @param secret whether its value must never be shown
 */
public record Setting<T>(
    String name,
    SettingType<T> type,
    String defaultText,
    String unit,
    String description,
    boolean secret) {

  /** Stands in the name of a setting that may be given many times. */
  public static final String PLACEHOLDER = "<name>";

  private static final Pattern NAME =
      Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.([a-z][a-z0-9]*(-[a-z0-9]+)*|<name>))*");

  public Setting {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Setting name '" + name + "' does not match " + NAME);
    }
    if (!defaultText.isEmpty() && type.reader().apply(defaultText) == null) {
      throw new IllegalArgumentException(
          "Default '" + defaultText + "' of setting " + name + " is not " + type.expected());
    }
  }

  /** The group before the first dot; empty for the settings without one. */
  public String group() {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  /** Whether it may be given many times, once for every name. */
  public boolean many() {
    return name.contains(PLACEHOLDER);
  }

  /** This setting for one of its names. */
  public String nameFor(String instance) {
    return name.replace(PLACEHOLDER, instance);
  }

  /** Name of the environment variable. */
  public String environmentName() {
    return environmentName(name);
  }

  /** Name of the environment variable of a full name. */
  public static String environmentName(String name) {
    return "MILLRACE_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The instance when the text is this setting's name for one of its names. */
  Optional<String> instanceOf(String text) {
    return between(text, name, "[a-z0-9]+(-[a-z0-9]+)*");
  }

  /** The same for the name of an environment variable; the instance comes in lower case. */
  Optional<String> instanceOfEnvironment(String text) {
    return between(text, environmentName(), "[A-Z0-9]+(_[A-Z0-9]+)*")
        .map(instance -> instance.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static Optional<String> between(String text, String pattern, String instance) {
    String placeholder = pattern.contains("<NAME>") ? "<NAME>" : PLACEHOLDER;
    int at = pattern.indexOf(placeholder);
    if (at < 0) {
      return Optional.empty();
    }
    String before = pattern.substring(0, at);
    String after = pattern.substring(at + placeholder.length());
    if (!text.startsWith(before)
        || !text.endsWith(after)
        || text.length() <= before.length() + after.length()) {
      return Optional.empty();
    }
    String middle = text.substring(before.length(), text.length() - after.length());
    return middle.matches(instance) ? Optional.of(middle) : Optional.empty();
  }

  T read(String text) {
    return Objects.requireNonNull(type.reader().apply(text));
  }
}
