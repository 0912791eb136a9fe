package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are asked for; a missing part does not narrow.
 *
 * @param query words that must all occur in title, text or fields, in any case
 * @param severities any of these; empty: all
 * @param fromMillis last seen at this time or later
 * @param toMillis last seen before this time
 */
public record AlertQuery(
    String query,
    Set<Severity> severities,
    @Nullable Boolean acknowledged,
    @Nullable String channel,
    @Nullable Long processId,
    @Nullable Long fromMillis,
    @Nullable Long toMillis) {
  public static final AlertQuery ALL = new AlertQuery("", Set.of(), null, null, null, null, null);

  public AlertQuery {
    severities = Set.copyOf(severities);
  }
}
