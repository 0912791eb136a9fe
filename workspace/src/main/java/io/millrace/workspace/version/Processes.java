package io.millrace.workspace.version;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Processes without their nodes. Every method takes the acting principal first and checks its
 * rights; moving, trash and favourites are those of {@code Folders}.
 */
public final class Processes {
  Processes() {}

  public ProcessInfo create(long actorId, NewProcess process) {
    throw new UnsupportedOperationException();
  }

  public StatusChange modify(long actorId, long processId, ProcessEdit edit) {
    throw new UnsupportedOperationException();
  }

  public ProcessInfo show(long actorId, long processId) {
    throw new UnsupportedOperationException();
  }

  /** Searches by part of title or description, or by number; newest change first. */
  public List<ProcessInfo> search(
      long actorId, String pattern, @Nullable Boolean stateDiagram, int limit) {
    throw new UnsupportedOperationException();
  }

  public void setParams(
      long actorId, long processId, JsonNode params, @Nullable Boolean refMask) {
    throw new UnsupportedOperationException();
  }

  /** Switches the direct URL on, or replaces its hash; returns the 40 new hexadecimal digits. */
  public String rotateHash(long actorId, long processId) {
    throw new UnsupportedOperationException();
  }

  public void disableHash(long actorId, long processId) {
    throw new UnsupportedOperationException();
  }

  /** The process, without a check of rights, for direct URLs. */
  public Optional<ProcessInfo> find(long processId) {
    throw new UnsupportedOperationException();
  }

  /** The confirmed graph; without nodes when nothing was ever confirmed. */
  public ObjectNode deployedScheme(long actorId, long processId) {
    throw new UnsupportedOperationException();
  }
}
