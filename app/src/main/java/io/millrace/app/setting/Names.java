package io.millrace.app.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks settings up by their names, and guesses what was meant by a wrong one. */
final class Names {
  private static final int DISTANCE_MAX = 4;

  private Names() {}

  /** The declaration that a full name belongs to. */
  static Optional<Setting<?>> find(String name) {
    return Catalogue.ALL.stream()
        .filter(setting ->
            setting.many() ? setting.instanceOf(name).isPresent() : setting.name().equals(name))
        .findFirst();
  }

  /** The most similar name, when one is similar at all; of variables when {@code variable}. */
  static Optional<String> nearest(String name, boolean variable) {
    String best = "";
    int least = DISTANCE_MAX + 1;
    for (Setting<?> setting : Catalogue.ALL) {
      String candidate = variable ? setting.environmentName() : setting.name();
      int distance = distance(name, candidate);
      // A name without its group is the commonest slip: timeout-millis, egress-allow.
      if (!variable && candidate.endsWith('.' + name)) {
        distance = 1;
      }
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** What is wrong only in combination. */
  static List<SettingProblem> checkTogether(Settings settings) {
    List<SettingProblem> problems = new ArrayList<>();
    together(settings, Catalogue.API_LOGIN, Catalogue.API_SECRET, problems);
    together(settings, Catalogue.API_SECRET, Catalogue.API_LOGIN, problems);
    for (String source : settings.names(Links.SOURCE_QUEUE_URL)) {
      needs(settings, Links.SOURCE_QUEUE_URL, source, problems);
      needs(settings, Links.SOURCE_PROCESS, source, problems);
      needs(settings, Links.SOURCE_REGION, source, problems);
    }
    for (String channel : settings.names(Links.CHANNEL_TYPE)) {
      needs(settings, Links.CHANNEL_TYPE, channel, problems);
    }
    return problems;
  }

  private static void needs(
      Settings settings, Setting<?> setting, String instance, List<SettingProblem> problems) {
    if (settings.find(setting, instance).isEmpty()) {
      problems.add(
          new SettingProblem(
              setting.nameFor(instance),
              "",
              "not set",
              setting.type().expected() + ", since '" + instance + "' has other settings",
              "Set it, or remove the others."));
    }
  }

  private static void together(
      Settings settings, Setting<?> one, Setting<?> other, List<SettingProblem> problems) {
    if (settings.find(one).isPresent() && settings.find(other).isEmpty()) {
      problems.add(
          new SettingProblem(
              other.name(),
              "",
              "not set",
              "a value, since " + one.name() + " is set",
              "Set both, or neither."));
    }
  }

  /** Levenshtein's edit distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[other.length()];
  }
}
