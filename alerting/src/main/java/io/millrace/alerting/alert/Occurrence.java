package io.millrace.alerting.alert;

/** One alert of a group, as the group remembers it. */
public record Occurrence(long timeMillis, String taskId, Severity severity, String title) {}
