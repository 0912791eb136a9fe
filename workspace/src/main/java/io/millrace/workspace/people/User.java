package io.millrace.workspace.people;

/**
 * A person.
 *
 * @param id the principal's number
 * @param login the name to sign in with
 * @param title for people
 * @param administrator whether all rights are theirs
 * @param status whether they may sign in
 * @param createMillis when the account was made
 */
public record User(
    long id,
    String login,
    String title,
    boolean administrator,
    PrincipalStatus status,
    long createMillis)
    implements Principal {}
