package io.millrace.alerting.channel;

import org.jspecify.annotations.Nullable;

/**
 * A text that is used and never shown: {@code toString} gives stars, so records and logs do, too.
 */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The text itself, for the one place that sends it. */
  String reveal() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
