package io.millrace.app.setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lays the layers over each other: defaults, configuration file, environment, command line; the
 * later one wins. All problems are found before any is reported.
 */
public final class SettingsReader {
  /** Variables of the launcher, the tests and the clients; no settings of the server. */
  private static final Set<String> FOREIGN =
      Set.of("MILLRACE_JAVA_OPTS", "MILLRACE_JDK_FOLDERS", "MILLRACE_SHARED", "MILLRACE_URL");

  private static final String PREFIX = "MILLRACE_";

  private final List<SettingProblem> problems = new ArrayList<>();
  private final Map<String, Given> layered = new LinkedHashMap<>();

  private SettingsReader() {}

  /**
   * Reads the settings.
   *
   * @param environment the environment of the operating system
   * @param options names to values, from the command line
   * @param file the configuration file; null: {@code millrace.conf} in the home folder, if there
   */
  public static Settings read(
      Map<String, String> environment, Map<String, String> options, @Nullable Path file)
      throws SettingsException {
    SettingsReader reader = new SettingsReader();
    List<Given> fromEnvironment = reader.fromEnvironment(environment);
    List<Given> fromOptions =
        options.entrySet().stream()
            .map(option -> new Given(option.getKey(), option.getValue(), "command line"))
            .toList();
    // Which file is read depends on the home folder, which only the outer layers can set.
    List<Given> outer = new ArrayList<>(fromEnvironment);
    outer.addAll(fromOptions);
    reader.lay(reader.fromFile(file, outer));
    reader.lay(fromEnvironment);
    reader.lay(fromOptions);
    reader.layered.values().forEach(reader::check);
    if (reader.problems.isEmpty()) {
      Settings settings = new Settings(reader.layered);
      reader.problems.addAll(Names.checkTogether(settings));
      if (reader.problems.isEmpty()) {
        return settings;
      }
    }
    throw new SettingsException(reader.problems);
  }

  private List<Given> fromFile(@Nullable Path named, List<Given> outer) {
    Path file = named;
    if (file == null) {
      Path inHome = home(outer).map(home -> home.resolve(ConfigurationFile.NAME)).orElse(null);
      if (inHome == null || Files.notExists(inHome)) {
        return List.of();
      }
      file = inHome;
    }
    List<Given> lines = new ArrayList<>(ConfigurationFile.read(file, problems));
    for (Given line : lines) {
      if (line.name().equals(Catalogue.HOME.name())) {
        problem(
            line,
            "any setting but this one",
            "The file lies in the home folder; use --home or " + Catalogue.HOME.environmentName());
      }
    }
    return lines;
  }

  private static Optional<Path> home(List<Given> outer) {
    String text = Catalogue.HOME.defaultText();
    for (Given value : outer) {
      if (value.name().equals(Catalogue.HOME.name())) {
        text = value.text();
      }
    }
    return Optional.ofNullable(Catalogue.HOME.type().reader().apply(text));
  }

  /** Translates the names of variables; keeps an unknown one as it is, to be refused later. */
  private List<Given> fromEnvironment(Map<String, String> environment) {
    List<Given> given = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach((variable, text) -> {
          if (variable.startsWith(PREFIX)
              && !FOREIGN.contains(variable)
              && !variable.startsWith("MILLRACE_TEST_")) {
            given.add(new Given(nameOf(variable), text, "environment, " + variable));
          }
        });
    return given;
  }

  private static String nameOf(String variable) {
    for (Setting<?> setting : Catalogue.ALL) {
      if (setting.environmentName().equals(variable)) {
        return setting.name();
      }
    }
    for (Setting<?> setting : Catalogue.ALL) {
      Optional<String> instance = setting.instanceOfEnvironment(variable);
      if (instance.isPresent()) {
        return setting.nameFor(instance.get());
      }
    }
    return variable;
  }

  private void lay(List<Given> layer) {
    Map<String, Given> names = new LinkedHashMap<>();
    for (Given value : layer) {
      Given twice = names.put(value.name(), value);
      if (twice != null) {
        problem(value, "each setting once", "It was given before: " + twice.origin() + '.');
      }
    }
    // An empty text is as good as none: the layer below counts.
    names.values().removeIf(value -> value.text().isEmpty());
    layered.putAll(names);
  }

  private void check(Given value) {
    Optional<Setting<?>> setting = Names.find(value.name());
    if (setting.isEmpty()) {
      boolean variable = value.name().startsWith(PREFIX);
      problems.add(
          new SettingProblem(
              value.name(),
              "",
              value.origin(),
              "the name of a setting",
              remedyFor(value.name(), variable)));
    } else if (setting.get().type().reader().apply(value.text()) == null) {
      problem(value, setting.get().type().expected(), "");
    }
  }

  private static String remedyFor(String name, boolean variable) {
    return Names.nearest(name, variable)
        .map(nearest -> "Did you mean " + nearest + "?")
        .orElse("All names: millrace server --print-settings, or docs/settings.md.");
  }

  private void problem(Given value, String expected, String remedy) {
    boolean secret = Names.find(value.name()).map(Setting::secret).orElse(true);
    problems.add(
        new SettingProblem(
            value.name(), secret ? "" : value.text(), value.origin(), expected, remedy));
  }
}
