package io.millrace.aws.cloudtrail;

/**
 * A record that was skipped.
 *
 * @param index position in the file, counting all records from 0
 * @param description what is wrong with it, and where
 */
public record RecordProblem(long index, String description) {}
