package io.millrace.workspace.version;

import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A process that wants to be deployed, as the deploy check sees it.
 *
 * @param processId its number
 * @param title for people
 * @param stateDiagram whether it is a state diagram
 * @param params the parameter contract
 * @param scheme the whole graph ({@code nodes}, {@code web_settings}); read only
 * @param deployingUserId whose rights its logics will use
 * @param lookup finds other processes, those of the same import included
 */
public record ProcessDraft(
    long processId,
    String title,
    boolean stateDiagram,
    ArrayNode params,
    ObjectNode scheme,
    long deployingUserId,
    Lookup lookup) {
  /** What the check may ask about other processes. */
  @FunctionalInterface
  public interface Lookup {
    /** The process, or empty when there is none (or it is in the trash). */
    Optional<Target> find(long processId);
  }

  /**
   * A process that a logic refers to.
   *
   * @param info the process
   * @param scheme its confirmed graph; without nodes when there is none
   * @param accessible whether the deploying user may create tasks in it
   */
  public record Target(ProcessInfo info, ObjectNode scheme, boolean accessible) {}
}
