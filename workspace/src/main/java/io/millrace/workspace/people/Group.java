package io.millrace.workspace.people;

/**
 * A group of principals.
 *
 * @param id its number
 * @param title for people
 * @param description for people
 * @param ownerId who made it
 * @param size how many members it has
 * @param createMillis when it was made
 */
public record Group(
    long id, String title, String description, long ownerId, int size, long createMillis) {}
