package io.millrace.server.directory;

/**
 * A change of a process is stored, but the engine could not be told; it will be at the next start.
 */
public final class DirectoryException extends RuntimeException {
  DirectoryException(long processId, String reason) {
    super(
        "Service unavailable: the change of process "
            + processId
            + " is stored, but not yet in effect, because the engine does not take it: "
            + reason);
  }
}
