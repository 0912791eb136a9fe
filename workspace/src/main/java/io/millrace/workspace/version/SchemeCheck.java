package io.millrace.workspace.version;

import io.millrace.workspace.store.WorkspaceException.Problem;
import java.util.List;

/** The engine's deploy check, as the workspace asks for it. */
@FunctionalInterface
public interface SchemeCheck {
  /**
   * Finds what is wrong with a graph; called inside a transaction, so it must not wait.
   *
   * @param draft the process as it would be deployed
   * @param imported whether the milder rules for imported files apply
   * @return errors and warnings; no error: it may be deployed
   */
  List<Problem> check(ProcessDraft draft, boolean imported);
}
