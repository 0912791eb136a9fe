package io.millrace.aws;

import io.millrace.aws.cloudtrail.KeyKind;
import io.millrace.aws.submit.SubmitTally;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one source while they run. */
final class Counts {
  final LongAdder received = new LongAdder();
  final LongAdder deleted = new LongAdder();
  final LongAdder objects = new LongAdder();
  final LongAdder badRecords = new LongAdder();
  final LongAdder control = new LongAdder();
  final LongAdder poison = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder pollFailures = new LongAdder();
  final LongAdder overloads = new LongAdder();
  final AtomicLong inFlight = new AtomicLong();
  final AtomicLong lagMillis = new AtomicLong();
  private final LongAdder records = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Map<KeyKind, LongAdder> skipped = new EnumMap<>(KeyKind.class);

  Counts() {
    for (KeyKind kind : KeyKind.values()) {
      skipped.put(kind, new LongAdder());
    }
  }

  void skip(KeyKind kind) {
    skipped.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  void add(SubmitTally tally) {
    records.add(tally.records());
    duplicates.add(tally.duplicates());
    refused.add(tally.refused());
  }

  SourceCounters snapshot(String name) {
    Map<KeyKind, Long> skippedNow = new EnumMap<>(KeyKind.class);
    skipped.forEach((kind, count) -> {
      if (count.sum() > 0) {
        skippedNow.put(kind, count.sum());
      }
    });
    return new SourceCounters(
        name,
        received.sum(),
        deleted.sum(),
        objects.sum(),
        records.sum(),
        duplicates.sum(),
        refused.sum(),
        badRecords.sum(),
        skippedNow,
        control.sum(),
        poison.sum(),
        failed.sum(),
        pollFailures.sum(),
        overloads.sum(),
        inFlight.get(),
        lagMillis.get());
  }
}
