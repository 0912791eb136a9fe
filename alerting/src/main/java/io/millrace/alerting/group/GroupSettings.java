package io.millrace.alerting.group;

/**
 * How alerts are grouped.
 *
 * @param windowMillis an alert joins a group when it is no farther than this from the group's
 *     alerts, in event time; a group ends when its key is silent for this long
 * @param reminderMillis a group that goes on is told of again after this long, unless acknowledged
 * @param occurrencesMax how many of its last alerts a group remembers singly
 */
public record GroupSettings(long windowMillis, long reminderMillis, int occurrencesMax) {
  public static GroupSettings defaults() {
    return new GroupSettings(3_600_000, 4 * 3_600_000, 20);
  }

  public GroupSettings {
    if (windowMillis < 0 || reminderMillis < 0 || occurrencesMax < 1 || occurrencesMax > 100) {
      throw new IllegalArgumentException(
          "Alert grouping: expected a window and a reminder of at least 0 ms and 1 to 100 kept"
              + " occurrences, but got "
              + windowMillis
              + ", "
              + reminderMillis
              + " and "
              + occurrencesMax);
    }
  }
}
