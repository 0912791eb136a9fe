package io.millrace.alerting.group;

import io.millrace.alerting.alert.AlertView;
import org.jspecify.annotations.Nullable;

/**
 * What became of an alert in the store.
 *
 * @param view its group, now
 * @param changed false when this effect was stored before
 * @param announcement whether and why a channel is to hear of it
 * @param finished how an earlier run of the same effect ended, or null when it has still to be told
 * @param outcome the earlier run's delivery id or description
 */
public record StoredAlert(
    AlertView view,
    boolean changed,
    Announcement announcement,
    @Nullable String finished,
    String outcome) {
  /** {@link #finished} of an alert that reached its channel. */
  public static final String NOTIFIED = "notified";
}
