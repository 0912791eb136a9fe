package io.millrace.alerting.channel;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.AlertView;

/**
 * What a channel is to tell.
 *
 * @param alert the alert that is the occasion
 * @param group all that is known, the alert included
 * @param reason {@code first}, {@code severity}, {@code reminder} or {@code test}
 */
public record OutgoingAlert(Alert alert, AlertView group, String reason) {
  /** The title, with how often when it is more than once. */
  String headline() {
    return group.count() > 1 ? alert.title() + " (" + group.count() + "×)" : alert.title();
  }
}
