package io.millrace.engine.command;

/**
 * What a command brings from outside that the engine must not find out by itself.
 *
 * @param timeMillis Unix time in milliseconds at which the host took the command; never less than
 *     that of an earlier command of the same partition
 * @param seed source of all randomness of this step
 */
public record Stamp(long timeMillis, long seed) {}
