package io.millrace.alerting.deliver;

import java.util.Locale;

/** What a line of the delivery log says. */
public enum DeliveryOutcome {
  /** It is with the other side. */
  DELIVERED,
  /** This attempt failed; there is another. */
  RETRY,
  /** The other side refused it for good. */
  REJECTED,
  /** This attempt failed, and the time for more is over. */
  EXPIRED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
