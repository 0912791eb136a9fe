package io.millrace.runtime.rocks;

import io.millrace.engine.state.MemoryState;
import io.millrace.engine.state.State;

/** The state that stands in for RocksDB in tests keeps the same contract. */
class MemoryStateTest extends StateContract {
  private final MemoryState state = new MemoryState();

  @Override
  State state() {
    return state;
  }

  @Override
  void commit() {}
}
