package io.millrace.workspace.folder;

import io.millrace.workspace.store.ObjectKind;

/**
 * A move that was done.
 *
 * @param objectId what was moved
 * @param kind folder or process
 * @param fromFolder where it stood
 * @param fromTitle that folder's title
 * @param toFolder where it stands now
 * @param toTitle that folder's title
 */
public record Move(
    long objectId,
    ObjectKind kind,
    long fromFolder,
    String fromTitle,
    long toFolder,
    String toTitle) {}
