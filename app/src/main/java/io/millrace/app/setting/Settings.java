package io.millrace.app.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The settings of one run, checked: every value fits its declaration. */
public final class Settings {
  private static final String MASK = "(set, not shown)";

  private final Map<String, Given> given;

  Settings(Map<String, Given> given) {
    this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /** The value of a setting that always has one. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () -> new IllegalStateException("Setting " + setting.name() + " has no default"));
  }

  /** The value of a setting that may be left unset. */
  public <T> Optional<T> find(Setting<T> setting) {
    return find(setting, setting.name());
  }

  /** The value that a setting has for one of its names. */
  public <T> Optional<T> find(Setting<T> setting, String nameOrInstance) {
    String name = setting.many() ? setting.nameFor(nameOrInstance) : setting.name();
    Given value = given.get(name);
    String text = value == null ? setting.defaultText() : value.text();
    return text.isEmpty() ? Optional.empty() : Optional.of(setting.read(text));
  }

  /** The text that was given for one of a setting's names, unread. */
  public Optional<String> text(Setting<?> setting, String instance) {
    return Optional.ofNullable(given.get(setting.nameFor(instance))).map(Given::text);
  }

  /** The value of a setting that fits an int by its declaration. */
  public int getInt(Setting<Long> setting) {
    return Math.toIntExact(get(setting));
  }

  /** The names for which any of the settings that share this one's prefix was given. */
  public NavigableSet<String> names(Setting<?> many) {
    String prefix = many.name().substring(0, many.name().indexOf(Setting.PLACEHOLDER));
    NavigableSet<String> names = new TreeSet<>();
    for (Setting<?> setting : Catalogue.ALL) {
      if (setting.many() && setting.name().startsWith(prefix)) {
        given.keySet().forEach(name -> setting.instanceOf(name).ifPresent(names::add));
      }
    }
    return names;
  }

  /** All settings with their values and origins, one a line; secrets are masked. */
  public String print() {
    StringBuilder text = new StringBuilder();
    for (Setting<?> setting : Catalogue.ALL) {
      if (setting.many()) {
        given.values().stream()
            .filter(value -> setting.instanceOf(value.name()).isPresent())
            .forEach(value -> line(text, value.name(), value.text(), value.origin(), setting));
      } else {
        Given value = given.get(setting.name());
        line(
            text,
            setting.name(),
            value == null ? setting.defaultText() : value.text(),
            value == null ? "default" : value.origin(),
            setting);
      }
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text, String name, String value, String origin, Setting<?> setting) {
    String shown = setting.secret() && !value.isEmpty() ? MASK : value;
    text.append(String.format("%-36s = %-28s # %s%n", name, shown, origin).stripTrailing())
        .append('\n');
  }

  @Override
  public String toString() {
    return print();
  }
}
