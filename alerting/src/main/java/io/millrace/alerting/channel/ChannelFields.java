package io.millrace.alerting.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads and checks the fields of one channel. */
final class ChannelFields {
  private final String channel;
  private final Map<String, String> fields;

  /** Reads fields of these names; any other is refused, as it is most likely a slip. */
  ChannelFields(ChannelSettings settings, Set<String> known) {
    this.channel = settings.name();
    this.fields = settings.fields();
    for (String field : new TreeSet<>(fields.keySet())) {
      if (!known.contains(field)) {
        throw wrong(
            field, "is not known for type " + settings.type() + ". Known: " + new TreeSet<>(known));
      }
    }
  }

  @Nullable String text(String field) {
    String value = fields.get(field);
    return value == null || value.isBlank() ? null : value.strip();
  }

  String required(String field, String expected) {
    String value = text(field);
    if (value == null) {
      throw wrong(field, "expected " + expected + ", but it is missing. Set it.");
    }
    return value;
  }

  @Nullable Secret secret(String field) {
    String value = text(field);
    return value == null ? null : new Secret(value);
  }

  /** An address to post to. It counts as a secret, because tokens stand in such addresses. */
  Secret url(String field) {
    String url = required(field, "an https address");
    String lower = url.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
      throw wrong(field, "expected an address that begins with https://. Correct it.");
    }
    return new Secret(url);
  }

  int number(String field, int fallback, int min, int max) {
    String value = text(field);
    if (value == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the range.
    }
    throw wrong(
        field,
        "expected a number from " + min + " to " + max + ", but got '" + value + "'. Correct it.");
  }

  <E extends Enum<E>> E oneOf(String field, Class<E> type, E fallback) {
    String value = text(field);
    if (value == null) {
      return fallback;
    }
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
      words.add(word);
    }
    throw wrong(field, "expected one of " + words + ", but got '" + value + "'. Correct it.");
  }

  /** Parts between commas. */
  List<String> list(String field) {
    String value = text(field);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
  }

  ChannelLimits limits(int perMinute) {
    return new ChannelLimits(
        number("concurrency", 4, 1, 100), number("ratePerMinute", perMinute, 1, 1_000_000));
  }

  ChannelSettingsException wrong(String field, String problem) {
    return new ChannelSettingsException(channel, field, problem);
  }
}
