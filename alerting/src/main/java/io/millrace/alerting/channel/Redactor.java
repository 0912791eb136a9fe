package io.millrace.alerting.channel;

import io.millrace.alerting.alert.Alert;
import java.util.List;

/** Makes texts from outside fit for logs: one line, bounded, a channel's secrets starred out. */
final class Redactor {
  private static final int LENGTH_MAX = 500;
  private static final int SECRET_LENGTH_MIN = 4;

  private final List<String> secrets;

  Redactor(Channel channel) {
    this.secrets =
        channel.secrets().stream()
            .map(Secret::reveal)
            .filter(secret -> secret.length() >= SECRET_LENGTH_MIN)
            .toList();
  }

  String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return Alert.cut(clean.replaceAll("\\p{Cntrl}+", " ").strip(), LENGTH_MAX);
  }
}
