package io.millrace.runtime;

import io.millrace.engine.audit.Audit;
import io.millrace.engine.view.AuditFinding;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.rocks.RocksReader;
import io.millrace.runtime.rocks.RocksStore;
import io.millrace.runtime.slot.SlotTable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Audits a whole store over one consistent picture: the engine's invariants in each partition, then
 * what only the host can see.
 */
final class StoreAudit {
  private static final int FINDINGS_KEPT_MAX = 1_000;
  private static final int KEY_BYTES_SHOWN_MAX = 40;

  private final List<AuditFinding> findings = new ArrayList<>();
  private final Map<String, Long> checked = new LinkedHashMap<>();
  private long findingsTotal;

  private StoreAudit() {}

  static AuditReport run(RocksStore store, AuditProgress progress) {
    StoreAudit audit = new StoreAudit();
    try (RocksReader reader = store.reader()) {
      audit.partitions(store, reader, progress);
      progress.progress("outbox", 0, 1);
      audit.outbox(reader, store.partitions());
      progress.progress("outbox", 1, 1);
      audit.strays(reader);
    }
    return new AuditReport(audit.findings, audit.findingsTotal, audit.checked);
  }

  private void partitions(RocksStore store, RocksReader reader, AuditProgress progress) {
    long estimate = store.keysEstimate() / store.partitions();
    for (int i = 0; i < store.partitions(); i++) {
      String stage = "partition %d of %d".formatted(i + 1, store.partitions());
      Map<String, Long> counts =
          new Audit(reader.partition(i))
              .run(done -> progress.progress(stage, done, Math.max(done, estimate)), this::found);
      counts.forEach((name, count) -> checked.merge(name, count, Long::sum));
    }
  }

  /** Every message in the outbox must be readable and have a receiver. */
  private void outbox(RocksReader reader, int partitions) {
    SlotTable slots = new SlotTable(partitions);
    long[] count = {0};
    reader.outbox((key, message) -> {
      count[0]++;
      try {
        slots.partitionOf(MessageCodec.decode(message).slot());
      } catch (IllegalArgumentException e) {
        found(
            new AuditFinding(
                "outbox-deliverable",
                "partition %d, message %d".formatted(key.sender(), key.sequence()),
                "A message cannot be delivered: " + e.getMessage()));
      }
    });
    checked.merge("messages under way", count[0], Long::sum);
  }

  private void strays(RocksReader reader) {
    reader.strays((family, key) ->
        found(
            new AuditFinding(
                "every-key-owned",
                family + " " + show(key),
                "A key belongs to no partition, but each must have its partition's prefix")));
  }

  private void found(AuditFinding finding) {
    findingsTotal++;
    if (findings.size() < FINDINGS_KEPT_MAX) {
      findings.add(finding);
    }
  }

  private static String show(byte[] key) {
    int shown = Math.min(key.length, KEY_BYTES_SHOWN_MAX);
    return HexFormat.of().formatHex(key, 0, shown) + (shown < key.length ? "…" : "");
  }
}
