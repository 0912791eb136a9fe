package io.millrace.app.command;

import io.millrace.app.setting.Catalogue;
import io.millrace.app.setting.Setting;
import io.millrace.app.setting.Settings;
import io.millrace.app.setting.SettingsException;
import io.millrace.app.setting.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command line changes settings. */
final class SettingOptions {
  @Option(
      names = "--home",
      paramLabel = "<folder>",
      description = "Folder of all data. Default: ~/.millrace")
  @Nullable String home;

  @Option(
      names = "--port",
      paramLabel = "<port>",
      description = "Port to listen on; 0 takes a free one. Default: 8787")
  @Nullable String port;

  @Option(
      names = "--bind",
      paramLabel = "<address>",
      description = "Address to listen on. Default: 127.0.0.1")
  @Nullable String bind;

  @Option(
      names = "--config",
      paramLabel = "<file>",
      description = "Configuration file. Default: millrace.conf in the home folder")
  @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "<name>=<value>",
      description = "Any setting; may be repeated. All of them: docs/settings.md")
  Map<String, String> others = new LinkedHashMap<>();

  /** Reads all layers; {@code defaults} stand below the command line and above nothing else. */
  Settings read(Map<String, String> environment, Map<String, String> ownDefaults)
      throws SettingsException {
    Map<String, String> options = new LinkedHashMap<>(others);
    put(options, Catalogue.HOME.name(), home);
    put(options, Catalogue.PORT.name(), port);
    put(options, Catalogue.BIND.name(), bind);
    ownDefaults.forEach((name, value) -> {
      if (!environment.containsKey(Setting.environmentName(name))) {
        options.putIfAbsent(name, value);
      }
    });
    return SettingsReader.read(environment, options, config);
  }

  private static void put(Map<String, String> options, String name, @Nullable String value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}
