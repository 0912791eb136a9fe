package io.millrace.http;

/**
 * Who is asking.
 *
 * @param userId the principal's number, as used in rights
 * @param name for people
 * @param administrator whether all rights are theirs
 * @param session true for a browser session, false for an API key
 */
public record Identity(long userId, String name, boolean administrator, boolean session) {}
