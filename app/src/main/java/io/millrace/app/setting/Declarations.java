package io.millrace.app.setting;

import java.util.ArrayList;
import java.util.List;

/** Collects declarations in the order in which they are made. */
final class Declarations {
  private final List<Setting<?>> all = new ArrayList<>();

  <T> Setting<T> declare(
      String name, SettingType<T> type, String defaultText, String unit, String description) {
    Setting<T> setting = new Setting<>(name, type, defaultText, unit, description, false);
    all.add(setting);
    return setting;
  }

  Setting<String> secret(String name, SettingType<String> type, String description) {
    Setting<String> setting = new Setting<>(name, type, "", "", description, true);
    all.add(setting);
    return setting;
  }

  List<Setting<?>> all() {
    return List.copyOf(all);
  }
}
