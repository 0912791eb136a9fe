package io.millrace.runtime.message;

/**
 * The place of a message in its sender's outbox.
 *
 * @param sender the sending partition
 * @param sequence grows with every message of the sender
 */
public record OutboxKey(int sender, long sequence) {}
