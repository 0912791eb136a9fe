package io.millrace.engine.logic;

/**
 * A logic that this release does not run. It is kept in exports; deploying a process with it is
 * refused, so that none of these ever runs.
 */
public record UnsupportedLogic(String type, boolean known, int errorExit) implements Logic {}
