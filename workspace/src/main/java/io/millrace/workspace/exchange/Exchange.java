package io.millrace.workspace.exchange;

import tools.jackson.databind.node.ArrayNode;

/** Import and export in the exchange format. An import happens as a whole or not at all. */
public final class Exchange {
  Exchange() {}

  /**
   * Imports a JSON object, a JSON array or a ZIP.
   *
   * @throws io.millrace.workspace.store.WorkspaceException SCHEME naming element and field when the
   *     structure cannot be read; nothing is stored
   */
  public ImportResult importFile(long actorId, byte[] content, long targetFolderId) {
    return importFile(actorId, content, targetFolderId, false);
  }

  /** As above; {@code skipRoot}: the children of the file's root folder go into the target. */
  public ImportResult importFile(
      long actorId, byte[] content, long targetFolderId, boolean skipRoot) {
    throw new UnsupportedOperationException();
  }

  /** What an import would report, with nothing stored. */
  public ImportResult validate(long actorId, byte[] content, long targetFolderId) {
    throw new UnsupportedOperationException();
  }

  public ExportFile export(long actorId, long objectId, ExportFormat format) {
    throw new UnsupportedOperationException();
  }

  /** The array of the exchange format, for {@code get obj_scheme}. */
  public ArrayNode scheme(long actorId, long objectId) {
    throw new UnsupportedOperationException();
  }

  /** Refuses with DRAFT when a process of this object has uncommitted edits. */
  public void requireNoDrafts(long actorId, long objectId) {
    throw new UnsupportedOperationException();
  }
}
