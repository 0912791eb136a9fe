package io.millrace.engine.command;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A process as the directory knows it: all that a partition needs to run it.
 *
 * @param processId its number
 * @param version grows with every change of anything in this record; an older one is ignored
 * @param title for people
 * @param stateDiagram whether its {@code conv_type} is {@code state}
 * @param status whether it runs
 * @param params the parameter contract, in the format of the export file; empty: none
 * @param scheme the deployed graph, in the format of the export file ({@code nodes}); without nodes
 *     the process was never deployed and its tasks wait
 * @param ownerId the user whose rights its logics use
 * @param taskUsers users that may create and modify tasks of this process
 * @param retentionDays how long finished tasks are kept in the archive
 * @param extensions anything else that a later version adds; an object
 */
public record ProcessSource(
    long processId,
    long version,
    String title,
    boolean stateDiagram,
    ProcessStatus status,
    ArrayNode params,
    ObjectNode scheme,
    long ownerId,
    List<Long> taskUsers,
    int retentionDays,
    JsonNode extensions) {
  public ProcessSource {
    taskUsers = List.copyOf(taskUsers);
  }
}
