package io.millrace.app.setting;

import java.util.ArrayList;
import java.util.List;

/** Writes the declarations down for people: the reference page and the first configuration file. */
public final class Reference {
  private static final int COLUMNS = 96;

  private Reference() {}

  /** The page {@code docs/settings.md}. */
  public static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            Generated from the declarations in `app/src/main/java/io/millrace/app/setting/Catalogue.java`;
            `./millrace test` fails when this page is stale.

            A setting is taken from the outermost of these layers that has it:

            1. the command line: `--port`, `--bind`, `--home`, and `--set name=value` for any setting,
            2. the environment: the name in capitals after `MILLRACE_`, with `_` for dots and dashes,
            3. the file `millrace.conf` in the home folder (`--config` names another): lines `name = value`;
               a line that starts with `#` is a comment; the value goes to the end of its line,
            4. the default.

            An empty value counts as not set. `./millrace server --print-settings` shows what is in force and
            where each value came from. A name that is not in this list is an error, wherever it is given.
            """);
    String group = "-";
    for (Setting<?> setting : Catalogue.ALL) {
      if (!setting.group().equals(group)) {
        group = setting.group();
        page.append("\n## ").append(group.isEmpty() ? "Server" : '`' + group + '`').append('\n');
      }
      page.append("\n### `").append(setting.name()).append("`\n\n");
      page.append(setting.description()).append("\n\n");
      page.append("- Type: ").append(setting.type().word()).append(" (expected: ");
      page.append(setting.type().expected()).append(")\n");
      if (!setting.unit().isEmpty()) {
        page.append("- Unit: ").append(setting.unit()).append('\n');
      }
      page.append("- Default: ");
      page.append(setting.defaultText().isEmpty() ? "not set" : '`' + setting.defaultText() + '`');
      page.append("\n- Environment: `").append(setting.environmentName()).append("`\n");
      if (setting.secret()) {
        page.append("- Secret: never shown or logged\n");
      }
    }
    return page.toString();
  }

  /** The commented file of a first start. */
  static String configurationFile() {
    StringBuilder file =
        new StringBuilder(
            """
            # Millrace's settings. All lines are comments: what they show are the defaults.
            # Remove the leading '#' of a setting to change it; restart to apply.
            # Environment variables (MILLRACE_...) and command-line options win over this file.
            """);
    for (Setting<?> setting : Catalogue.ALL) {
      if (setting.equals(Catalogue.HOME)) {
        continue; // the file lies in it
      }
      file.append('\n');
      wrap(setting.description(), COLUMNS - 2)
          .forEach(line -> file.append("# ").append(line).append('\n'));
      if (!setting.unit().isEmpty()) {
        file.append("# Unit: ").append(setting.unit()).append(".\n");
      }
      file.append('#').append(setting.name()).append(" = ");
      file.append(setting.defaultText());
      while (file.charAt(file.length() - 1) == ' ') {
        file.setLength(file.length() - 1);
      }
      file.append('\n');
    }
    return file.toString();
  }

  private static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
