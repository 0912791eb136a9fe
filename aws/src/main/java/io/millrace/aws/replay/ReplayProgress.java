package io.millrace.aws.replay;

/**
 * How far a replay is. Bytes are those of the files as they lie on the disk, so the total is known
 * from the start.
 *
 * @param records records handed to the target in this run
 * @param resumedRecords records passed over because an earlier run had made them durable
 * @param recordsPerSecond mean of this run
 */
public record ReplayProgress(
    int filesTotal,
    int filesDone,
    long bytesTotal,
    long bytesDone,
    long records,
    long resumedRecords,
    long duplicates,
    long refused,
    long badRecords,
    double recordsPerSecond,
    String file) {}
