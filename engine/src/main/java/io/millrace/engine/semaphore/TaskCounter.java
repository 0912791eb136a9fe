package io.millrace.engine.semaphore;

/**
 * Tells when tasks pile up in a node: a task is created in another node of the process when their
 * number reaches the threshold, and one more when it falls below again.
 *
 * @param threshold number of tasks in the node, at least 1
 * @param target ordinal of the node in which the alert tasks are created
 */
public record TaskCounter(long threshold, int target) {}
