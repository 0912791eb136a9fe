package io.millrace.runtime.host;

import io.millrace.engine.view.AuditFinding;
import java.util.List;
import java.util.Map;

/**
 * Outcome of an audit.
 *
 * @param findings what is wrong, at most the first 1000; empty: the store keeps its promises
 * @param findingsTotal how many there were
 * @param checked what was checked: name (such as {@code live tasks}) to how many
 */
public record AuditReport(
    List<AuditFinding> findings, long findingsTotal, Map<String, Long> checked) {
  public AuditReport {
    findings = List.copyOf(findings);
  }

  public boolean clean() {
    return findingsTotal == 0;
  }
}
