package io.millrace.engine.audit;

import io.millrace.engine.state.State;
import io.millrace.engine.view.AuditFinding;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Checks the whole state of one partition; reads only. */
public final class Audit {
  public Audit(State state) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs all checks.
   *
   * @param progress hears how many entries have been checked so far
   * @param findings hears what is wrong
   * @return what was checked: name to how many
   */
  public Map<String, Long> run(LongConsumer progress, Consumer<AuditFinding> findings) {
    throw new UnsupportedOperationException();
  }
}
