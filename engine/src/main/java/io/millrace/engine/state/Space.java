package io.millrace.engine.state;

/** The maps of a partition's state. A host may tune the storage of each on its own. */
public enum Space {
  /** Live tasks by id: read and rewritten often, small in number compared to the archive. */
  TASKS,
  /** Everything with short keys and values: references, timers, indexes, counters, permits. */
  INDEX,
  /** Pending effects and undelivered messages: written and deleted soon after. */
  PENDING,
  /** Processes as deployed, with their access and status. */
  DIRECTORY,
  /** Finished tasks, keyed by the day on which they expire, so that a whole day goes at once. */
  ARCHIVE
}
