package io.millrace.aws.submit;

/**
 * A record that the target refused for good.
 *
 * @param reference its event id
 * @param reason for programs
 * @param description for people
 */
public record RefusedRecord(String reference, String reason, String description) {}
