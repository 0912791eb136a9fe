package io.millrace.engine.view;

/**
 * One broken promise.
 *
 * @param invariant its short name, such as {@code every-task-once}
 * @param subject what it concerns: a task id, a node, a key
 * @param text what is so, and what was expected
 */
public record AuditFinding(String invariant, String subject, String text) {}
