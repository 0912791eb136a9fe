package io.millrace.alerting.channel;

import io.millrace.alerting.alert.Alert;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes texts from outside fit for logs: one line, bounded, a channel's secrets starred out. Of a
 * secret address its parts are starred out, too, as a server may repeat the token in it alone.
 */
final class Redactor {
  private static final int LENGTH_MAX = 500;
  private static final Pattern ADDRESS = Pattern.compile("https?://(?:([^/@]*)@)?[^/?#]*(.*)");
  private static final int SECRET_LENGTH_MIN = 4;
  private static final int PART_LENGTH_MIN = 8;

  private final List<String> secrets;

  Redactor(Channel channel) {
    this.secrets =
        channel.secrets().stream()
            .map(Secret::reveal)
            .filter(secret -> secret.length() >= SECRET_LENGTH_MIN)
            .flatMap(secret -> Stream.concat(Stream.of(secret), parts(secret)))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** User, path and query of an address, piece by piece; host and port may be told. */
  private static Stream<String> parts(String secret) {
    Matcher address = ADDRESS.matcher(secret);
    return address.matches()
        ? Stream.of(address.group(1), address.group(2))
            .filter(Objects::nonNull)
            .flatMap(text -> Arrays.stream(text.split("[/?&=:#@]", -1)))
            .filter(part -> part.length() >= PART_LENGTH_MIN)
        : Stream.of();
  }

  String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return Alert.cut(clean.replaceAll("\\p{Cntrl}+", " ").strip(), LENGTH_MAX);
  }
}
