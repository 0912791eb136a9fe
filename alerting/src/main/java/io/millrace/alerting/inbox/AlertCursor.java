package io.millrace.alerting.inbox;

import org.jspecify.annotations.Nullable;

/** A place in the list, newest first: the next page begins behind it. */
record AlertCursor(long lastMillis, long id) {
  String text() {
    return lastMillis + "." + id;
  }

  static @Nullable AlertCursor parse(String text) {
    if (!text.matches("\\d{1,18}\\.\\d{1,18}")) {
      return null;
    }
    int dot = text.indexOf('.');
    return new AlertCursor(
        Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
  }
}
