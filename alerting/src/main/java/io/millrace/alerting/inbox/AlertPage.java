package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of the inbox.
 *
 * @param next cursor of the next page, or null on the last
 * @param counts of all alerts that match, the filter by severity left out
 */
record AlertPage(List<AlertView> alerts, @Nullable String next, Counts counts) {
  AlertPage {
    alerts = List.copyOf(alerts);
  }

  /** How many alerts there are, by severity. */
  record Counts(Map<Severity, Long> bySeverity, long unacknowledged) {
    Counts {
      bySeverity = new EnumMap<>(bySeverity);
    }

    long total() {
      return bySeverity.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
