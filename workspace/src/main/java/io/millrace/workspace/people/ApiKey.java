package io.millrace.workspace.people;

/**
 * An API key, without its secret.
 *
 * @param id the principal's number, as used in rights
 * @param loginId the numeric login of signatures
 * @param login the same as 24 hexadecimal digits
 * @param title for people
 * @param description for people
 * @param ownerId who made it
 * @param administrator whether all rights are its own
 * @param skewCheck whether the time in its signatures is checked; off for legacy clients
 * @param status whether it may sign requests
 * @param createMillis when it was made
 */
public record ApiKey(
    long id,
    long loginId,
    String login,
    String title,
    String description,
    long ownerId,
    boolean administrator,
    boolean skewCheck,
    PrincipalStatus status,
    long createMillis)
    implements Principal {}
