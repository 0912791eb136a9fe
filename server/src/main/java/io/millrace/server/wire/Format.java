package io.millrace.server.wire;

import java.util.Optional;

/** The encodings that a path segment selects; headers never do. */
public enum Format {
  JSON("json", "application/json; charset=utf-8"),
  XML("xml", "text/xml; charset=utf-8"),
  NVP("nvp", "application/x-www-form-urlencoded; charset=utf-8");

  private final String segment;
  private final String contentType;

  Format(String segment, String contentType) {
    this.segment = segment;
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  public static Optional<Format> of(String segment) {
    for (Format format : values()) {
      if (format.segment.equals(segment)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
