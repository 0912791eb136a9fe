package io.millrace.app.setting;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration file: lines {@code name = value}, comments after a {@code #} at the start of a
 * line, nothing else.
 *
 * <p>No format library: all settings are flat texts, and errors must name the line, which the usual
 * libraries lose. A value is taken as it stands to the end of its line, so no secret needs quoting.
 */
public final class ConfigurationFile {
  /** Name of the file in the home folder. */
  public static final String NAME = "millrace.conf";

  private static final long BYTES_MAX = 1_048_576;

  private ConfigurationFile() {}

  static List<Given> read(Path file, List<SettingProblem> problems) {
    List<Given> given = new ArrayList<>();
    List<String> lines;
    try {
      if (Files.size(file) > BYTES_MAX) {
        problems.add(whole(file, "a file of at most " + BYTES_MAX + " bytes"));
        return given;
      }
      lines = Files.readAllLines(file);
    } catch (MalformedInputException notText) {
      problems.add(whole(file, "text in UTF-8"));
      return given;
    } catch (IOException unreadable) {
      problems.add(whole(file, "a readable file; " + unreadable.getMessage()));
      return given;
    }
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String origin = file.getFileName() + ", line " + (index + 1);
      int equals = line.indexOf('=');
      if (equals < 1) {
        problems.add(
            new SettingProblem(
                "(no name)",
                "",
                origin,
                "'name = value'",
                "Add the '=' or put a '#' before the line."));
        continue;
      }
      given.add(
          new Given(line.substring(0, equals).strip(), line.substring(equals + 1).strip(), origin));
    }
    return given;
  }

  private static SettingProblem whole(Path file, String expected) {
    return new SettingProblem(
        "configuration file", file.toString(), "command line or home folder", expected, "");
  }

  /** Writes the commented file when there is none; everything in it is commented out. */
  public static void writeFirst(Path home) throws IOException {
    Path file = home.resolve(NAME);
    if (Files.notExists(file)) {
      Files.writeString(file, Reference.configurationFile(), StandardOpenOption.CREATE_NEW);
    }
  }
}
