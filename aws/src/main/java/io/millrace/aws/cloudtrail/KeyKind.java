package io.millrace.aws.cloudtrail;

/** What an object of a trail's bucket is, judged by its key. */
public enum KeyKind {
  /** A log file of management and data events. */
  LOG,
  /** A log file of Insights events. */
  INSIGHT,
  /** A log file of network activity events. */
  NETWORK_ACTIVITY,
  /** JSON under a name that is not CloudTrail's own: its content decides. */
  UNNAMED,
  /** An hourly digest for integrity validation: holds no records. */
  DIGEST,
  /** The empty object that stands for a folder. */
  PLACEHOLDER,
  /** Belongs to another service, or is no JSON. */
  FOREIGN;

  /** Whether the object is worth fetching for records. */
  public boolean mayHoldRecords() {
    return switch (this) {
      case LOG, INSIGHT, NETWORK_ACTIVITY, UNNAMED -> true;
      case DIGEST, PLACEHOLDER, FOREIGN -> false;
    };
  }
}
