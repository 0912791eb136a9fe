package io.millrace.workspace.version;

/**
 * An open draft or a confirmed version.
 *
 * @param processId whose it is
 * @param version its number
 * @param confirmed false for an open draft
 * @param userId who opened the draft, or confirmed the version
 * @param createMillis when
 * @param note what the author said about it
 */
public record CommitInfo(
    long processId, long version, boolean confirmed, long userId, long createMillis, String note) {}
