package io.millrace.aws.replay;

/** How fast records are replayed. */
public sealed interface Pace {

  /** As fast as the target takes them, in file order. */
  record Fastest() implements Pace {}

  /**
   * As far apart as the events were, in order of event time within a file.
   *
   * @param factor 1 is real time, 60 an hour a minute
   */
  record EventTime(double factor) implements Pace {
    public EventTime {
      if (!(factor > 0) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException(
            "Expected a speed factor greater than 0, but got " + factor);
      }
    }
  }
}
