package io.millrace.alerting.group;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Occurrence;
import io.millrace.alerting.alert.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The rules of grouping, without clock or store: what an alert makes of a group, and whether that
 * is worth telling. Alerts may come in any order; counts, times and the worst severity come out the
 * same.
 */
final class Grouping {
  private final GroupSettings settings;

  Grouping(GroupSettings settings) {
    this.settings = settings;
  }

  /** Whether the alert belongs to the group rather than beginning a new one. */
  boolean joins(AlertView group, Alert alert) {
    return alert.timeMillis() >= group.firstMillis() - settings.windowMillis()
        && alert.timeMillis() <= group.lastMillis() + settings.windowMillis();
  }

  /** A group of one; its id is not known yet. */
  GroupState begin(Alert alert) {
    AlertView view =
        new AlertView(
            0,
            alert.dedupKey(),
            alert.title(),
            alert.text(),
            alert.severity(),
            alert.fields(),
            alert.channel(),
            1,
            alert.timeMillis(),
            alert.timeMillis(),
            false,
            null,
            null,
            alert.processId(),
            alert.nodeId(),
            alert.taskId(),
            List.of(occurrence(alert)));
    return new GroupState(view, alert.timeMillis(), alert.severity());
  }

  /** What the channel should hear of an alert that joins this group. */
  Announcement announcement(GroupState group, Alert alert) {
    if (group.announcedMillis() == null || group.announcedSeverity() == null) {
      // Telling of it failed before; this is another chance.
      return Announcement.FIRST;
    }
    if (alert.severity().compareTo(group.announcedSeverity()) > 0) {
      return Announcement.SEVERITY;
    }
    boolean due = alert.timeMillis() - group.announcedMillis() >= settings.reminderMillis();
    return due && !group.view().acknowledged() ? Announcement.REMINDER : Announcement.SUPPRESSED;
  }

  /** The group with the alert in it. */
  GroupState join(GroupState group, Alert alert, Announcement announcement) {
    AlertView old = group.view();
    boolean latest = alert.timeMillis() >= old.lastMillis();
    boolean worse = alert.severity().compareTo(old.severity()) > 0;
    boolean acknowledged = old.acknowledged() && !worse;
    Map<String, String> fields = latest ? alert.fields() : old.fields();
    AlertView view =
        new AlertView(
            old.id(),
            old.dedupKey(),
            latest ? alert.title() : old.title(),
            latest ? alert.text() : old.text(),
            worse ? alert.severity() : old.severity(),
            fields,
            old.channel(),
            old.count() + 1,
            Math.min(old.firstMillis(), alert.timeMillis()),
            Math.max(old.lastMillis(), alert.timeMillis()),
            acknowledged,
            acknowledged ? old.acknowledgedBy() : null,
            acknowledged ? old.acknowledgedMillis() : null,
            latest ? alert.processId() : old.processId(),
            latest ? alert.nodeId() : old.nodeId(),
            latest ? alert.taskId() : old.taskId(),
            remember(old.occurrences(), occurrence(alert)));
    if (announcement == Announcement.SUPPRESSED) {
      return new GroupState(view, group.announcedMillis(), group.announcedSeverity());
    }
    return new GroupState(view, alert.timeMillis(), view.severity());
  }

  private List<Occurrence> remember(List<Occurrence> old, Occurrence added) {
    List<Occurrence> all = new ArrayList<>(old);
    all.add(added);
    all.sort(Comparator.comparingLong(Occurrence::timeMillis).reversed());
    return all.subList(0, Math.min(all.size(), settings.occurrencesMax()));
  }

  private static Occurrence occurrence(Alert alert) {
    Severity severity = alert.severity();
    return new Occurrence(alert.timeMillis(), alert.taskId(), severity, alert.title());
  }
}
