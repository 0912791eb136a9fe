package io.millrace.app.setting;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; carries every problem, not only the first. */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<SettingProblem> problems;

  SettingsException(List<SettingProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "  " + problem.text())
            .collect(
                Collectors.joining(
                    "\n",
                    problems.size() == 1
                        ? "A setting is wrong:\n"
                        : problems.size() + " settings are wrong:\n",
                    "")));
    this.problems = List.copyOf(problems);
  }

  public List<SettingProblem> problems() {
    return problems;
  }
}
