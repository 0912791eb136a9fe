package io.millrace.app.setting;

import io.millrace.effects.guard.EgressRules;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a setting's text becomes a value. A text that does not fit is refused with the words of
 * {@link #expected}.
 *
 * @param word names the type in the reference
 * @param expected what a text must look like, for people
 * @param reader answers the value, or null when the text does not fit
 */
public record SettingType<T>(String word, String expected, Function<String, @Nullable T> reader) {

  public static SettingType<String> text() {
    return new SettingType<>("text", "some text", text -> text);
  }

  public static SettingType<Boolean> truth() {
    return new SettingType<>(
        "true or false",
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> null;
            });
  }

  /** A whole number within bounds, both included; underscores may group digits. */
  public static SettingType<Long> whole(long least, long most) {
    return new SettingType<>(
        "whole number",
        most == Long.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most,
        text -> {
          try {
            long value = Long.parseLong(text.replace("_", ""));
            return value >= least && value <= most ? value : null;
          } catch (NumberFormatException notANumber) {
            return null;
          }
        });
  }

  /** One of a few words. */
  public static SettingType<String> choice(String... words) {
    List<String> all = List.of(words);
    return new SettingType<>(
        String.join(" | ", all),
        all.stream().collect(Collectors.joining(", ", "one of ", "")),
        text -> all.contains(text.toLowerCase(Locale.ROOT)) ? text.toLowerCase(Locale.ROOT) : null);
  }

  /** Texts separated by commas; blank ones are dropped. */
  public static SettingType<List<String>> texts() {
    return new SettingType<>(
        "list",
        "texts separated by commas",
        text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList());
  }

  /** A file or folder; a leading {@code ~} is the user's home folder. */
  public static SettingType<Path> path() {
    return new SettingType<>(
        "path",
        "a file or folder",
        text -> {
          try {
            String home = System.getProperty("user.home", "");
            if (text.equals("~")) {
              return Path.of(home);
            }
            Path path = text.startsWith("~/") ? Path.of(home, text.substring(2)) : Path.of(text);
            return path.toAbsolutePath().normalize();
          } catch (InvalidPathException notAPath) {
            return null;
          }
        });
  }

  public static SettingType<ZoneId> zone() {
    return new SettingType<>(
        "time zone",
        "a time zone such as UTC or Europe/Kyiv",
        text -> {
          try {
            return ZoneId.of(text);
          } catch (DateTimeException notAZone) {
            return null;
          }
        });
  }

  /** An http or https address without a query. */
  public static SettingType<String> httpAddress() {
    return matching("address", "https?://[^\\s?#]+", "an http or https address, without a query");
  }

  /** A text of a certain form. */
  public static SettingType<String> matching(String word, String pattern, String expected) {
    return new SettingType<>(word, expected, text -> text.matches(pattern) ? text : null);
  }

  /** Entries that the egress guard understands. */
  public static SettingType<List<String>> egressEntries() {
    SettingType<List<String>> texts = texts();
    return new SettingType<>(
        texts.word(),
        "blocks such as 10.1.0.0/16 or destinations such as host.internal:8025, separated by commas",
        text -> {
          List<String> entries = texts.reader().apply(text);
          try {
            EgressRules.allowing(entries == null ? List.of() : entries);
            return entries;
          } catch (IllegalArgumentException notAnEntry) {
            return null;
          }
        });
  }
}
