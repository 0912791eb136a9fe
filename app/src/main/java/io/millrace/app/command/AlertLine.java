package io.millrace.app.command;

/**
 * An alert as a terminal shows it.
 *
 * @param severity in lower case
 * @param title one line
 */
public record AlertLine(String severity, String title) {}
