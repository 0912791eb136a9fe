package io.millrace.alerting.group;

/** Why, if at all, an external channel hears of an alert. */
public enum Announcement {
  /** The first of its group, or one that stands alone. */
  FIRST,
  /** Worse than what was told so far. */
  SEVERITY,
  /** The group goes on and the last word is long ago. */
  REMINDER,
  /** Counted, not told. */
  SUPPRESSED
}
