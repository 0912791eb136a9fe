package io.millrace.runtime.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on RocksDB, with neighbours on both sides that must stay invisible. */
class RocksStateTest extends StateContract {
  @TempDir Path folder;
  private RocksStore store;
  private CommitBatch batch;
  private RocksState state;

  @BeforeEach
  void open() {
    store = RocksStore.open(folder, 3, 0, 8 << 20, CommitPort.SYNCED);
    batch = store.newBatch();
    for (int neighbour : new int[] {0, 2}) {
      RocksState other = store.state(neighbour);
      for (Space space : Space.values()) {
        for (String key : new String[] {"", "a", "m", "\u00ff\u00ff\u00ff"}) {
          other.put(space, key(key), key("neighbour"));
        }
      }
      batch.add(other);
      store.commit(batch);
      other.releaseCursors();
    }
    state = store.state(1);
  }

  @AfterEach
  void close() {
    for (int neighbour : new int[] {0, 2}) {
      State other = store.state(neighbour);
      for (Space space : Space.values()) {
        assertThat(other.get(space, key("m"))).isEqualTo(key("neighbour"));
      }
    }
    state.releaseCursors();
    batch.close();
    store.close();
  }

  @Override
  State state() {
    return state;
  }

  @Override
  void commit() {
    batch.add(state);
    store.commit(batch);
  }

  @Test
  void readersSeeOnlyWhatIsCommittedWhenTheyBegan() {
    state.put(Space.TASKS, key("a"), key("1"));
    commit();
    state.put(Space.TASKS, key("b"), key("2"));
    try (RocksReader reader = store.reader()) {
      assertThat(forwards(reader.partition(1), Space.TASKS, "", "z")).containsExactly("a=1");
      commit();
      assertThat(forwards(reader.partition(1), Space.TASKS, "", "z")).containsExactly("a=1");
      assertThat(backwards(reader.partition(1), Space.TASKS, "", "z")).containsExactly("a=1");
      assertThat(reader.partition(1).get(Space.TASKS, key("b"))).isNull();
    }
    try (RocksReader reader = store.reader()) {
      assertThat(forwards(reader.partition(1), Space.TASKS, "", "z")).containsExactly("a=1", "b=2");
    }
  }
}
