package io.millrace.app.command;

/**
 * An alert as a terminal shows it.
 *
 * @param id the same for all alerts of a group
 * @param severity in lower case
 * @param title one line
 * @param count how many alerts the group stands for by now
 */
public record AlertLine(long id, String severity, String title, long count) {}
