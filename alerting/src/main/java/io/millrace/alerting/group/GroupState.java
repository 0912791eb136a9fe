package io.millrace.alerting.group;

import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * A group with what was told of it.
 *
 * @param announcedMillis event time of the last alert that was told, or null
 * @param announcedSeverity the worst that was told, or null
 */
record GroupState(
    AlertView view, @Nullable Long announcedMillis, @Nullable Severity announcedSeverity) {}
