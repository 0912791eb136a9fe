package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.engine.command.Message;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.state.Space;
import io.millrace.engine.view.AuditFinding;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.OutboxKey;
import io.millrace.runtime.rocks.CommitBatch;
import io.millrace.runtime.rocks.CommitPort;
import io.millrace.runtime.rocks.RocksState;
import io.millrace.runtime.rocks.RocksStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host itself adds to the engine's audit. */
class StoreAuditTest {
  private static final int PARTITIONS = 4;

  @TempDir Path folder;

  @Test
  void anEmptyStoreIsClean() {
    RocksStore.open(folder, PARTITIONS, 0, 8 << 20, CommitPort.SYNCED).close();
    assertThat(audit().clean()).isTrue();
  }

  @Test
  void aKeyOfNoPartitionIsFound() {
    try (RocksStore store = RocksStore.open(folder, PARTITIONS, 0, 8 << 20, CommitPort.SYNCED);
        CommitBatch batch = store.newBatch()) {
      RocksState stray = store.state(PARTITIONS);
      stray.put(Space.INDEX, new byte[] {1, 2}, new byte[0]);
      batch.add(stray);
      store.commit(batch);
    }
    assertThat(audit().findings())
        .extracting(AuditFinding::invariant, AuditFinding::subject)
        .containsExactly(tuple("every-key-owned", "INDEX 00040102"));
  }

  @Test
  void anUnreadableMessageIsFoundAndAReadableOneCounted() {
    try (RocksStore store = RocksStore.open(folder, PARTITIONS, 0, 8 << 20, CommitPort.SYNCED);
        CommitBatch batch = store.newBatch()) {
      Message message = new Message.CountDelta(17, 1, new NodeId(1, 1), 1);
      batch.putOutbox(new OutboxKey(2, 7), MessageCodec.encode(message));
      batch.putOutbox(new OutboxKey(2, 8), new byte[] {99});
      store.commit(batch);
    }
    AuditReport report = audit();
    assertThat(report.checked()).containsEntry("messages under way", 2L);
    assertThat(report.findings())
        .extracting(AuditFinding::invariant, AuditFinding::subject)
        .containsExactly(tuple("outbox-deliverable", "partition 2, message 8"));
  }

  private AuditReport audit() {
    return LocalHost.auditStopped(folder, (stage, done, total) -> {});
  }
}
