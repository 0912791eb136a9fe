package io.millrace.workspace.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of the workspace, as a value a door can hand on: a code, the text of the error
 * catalogue, and the member and value it is about. {@link #getMessage()} adds what is wrong for
 * logs and people; {@link #description()} is the catalogue's text alone.
 */
public final class WorkspaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of refusal it is; the names follow the API's error catalogue. */
  public enum Code {
    /** The object does not exist (or is in the trash where only live ones count). */
    NOT_FOUND,
    /** The principal lacks the privilege. */
    ACCESS,
    /** A member is missing. */
    REQUIRED,
    /** A member has a value that is not allowed. */
    VALUE,
    /** A folder would end up inside itself. */
    MOVE,
    /** An uploaded structure cannot be read at all. */
    SCHEME,
    /** A graph does not pass the deploy check; see {@link WorkspaceException#problems()}. */
    COMMIT,
    /** A process has an uncommitted version. */
    DRAFT,
    /** The name is already used. */
    DUPLICATE,
    /** Too many attempts; see {@link WorkspaceException#retryAfterMillis()}. */
    LIMIT
  }

  /**
   * One finding of a deploy check.
   *
   * @param error whether it prevents the deploy; otherwise it is a warning
   * @param nodeId the node, or null when it is about the process
   * @param field the field, as written in the format
   * @param text for people
   */
  public record Problem(boolean error, @Nullable String nodeId, String field, String text) {}

  private final Code code;
  private final String message;
  private final String description;
  private final @Nullable String key;
  private final transient @Nullable Object value;
  private final transient List<Problem> problems;
  private final long retryAfterMillis;

  private WorkspaceException(
      Code code,
      String description,
      String detail,
      @Nullable String key,
      @Nullable Object value,
      List<Problem> problems,
      long retryAfterMillis) {
    this.message = detail.isEmpty() ? description : description + ": " + detail;
    this.code = code;
    this.description = description;
    this.key = key;
    this.value = value;
    this.problems = List.copyOf(problems);
    this.retryAfterMillis = retryAfterMillis;
  }

  /** The object is not there; {@code object} is its wire name ({@code conv}, {@code folder} …). */
  public static WorkspaceException notFound(String object, Object id) {
    return of(
        Code.NOT_FOUND, "Object " + object + " with id " + id + " does not exist", "", null, id);
  }

  public static WorkspaceException access(String detail) {
    return of(Code.ACCESS, "Access denied", detail, null, null);
  }

  public static WorkspaceException required(String key) {
    return of(Code.REQUIRED, "Key '" + key + "' is required", "", key, null);
  }

  public static WorkspaceException value(String key, @Nullable Object value, String detail) {
    return of(Code.VALUE, "Value is not valid", detail, key, value);
  }

  public static WorkspaceException tooShort(String key, @Nullable Object value, int minimum) {
    String text = "Value is not valid. Value's byte_size is less than minimum allowed: " + minimum;
    return of(Code.VALUE, text, "", key, value);
  }

  public static WorkspaceException tooLong(String key, @Nullable Object value, int maximum) {
    String text = "Value is not valid. Value's byte_size is more than maximum allowed: " + maximum;
    return of(Code.VALUE, text, "", key, value);
  }

  public static WorkspaceException move(String detail) {
    return of(Code.MOVE, "Move parent folder to child is not allowed", detail, "folder_id", null);
  }

  /** An upload that cannot be read; {@code where} names element and field. */
  public static WorkspaceException scheme(String where, @Nullable Object value, String detail) {
    String text = where.isEmpty() ? detail : where + ": " + detail;
    return of(Code.SCHEME, "Invalid scheme", text, where, value);
  }

  public static WorkspaceException commit(List<Problem> problems) {
    return new WorkspaceException(
        Code.COMMIT, "Process has errors", summary(problems), null, null, problems, 0);
  }

  public static WorkspaceException draft(long processId) {
    String text = "The process with ID " + processId + " has an uncommitted version";
    return of(Code.DRAFT, text, "", "obj_id", processId);
  }

  public static WorkspaceException duplicate(String key, Object value) {
    return of(Code.DUPLICATE, "Value is not valid", "'" + value + "' is taken", key, value);
  }

  public static WorkspaceException limit(String detail, long retryAfterMillis) {
    return new WorkspaceException(
        Code.LIMIT,
        "Too many requests: limit is reached",
        detail,
        null,
        null,
        List.of(),
        retryAfterMillis);
  }

  @Override
  public String getMessage() {
    return message;
  }

  public Code code() {
    return code;
  }

  /** The text of the error catalogue. */
  public String description() {
    return description;
  }

  /** The offending member, or null. */
  public @Nullable String key() {
    return key;
  }

  /** The offending value, or null. Never a secret. */
  public @Nullable Object value() {
    return value;
  }

  /** What the deploy check found; empty for other codes. */
  public List<Problem> problems() {
    return problems;
  }

  /** When to try again, for {@link Code#LIMIT}. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  private static WorkspaceException of(
      Code code, String description, String detail, @Nullable String key, @Nullable Object value) {
    return new WorkspaceException(code, description, detail, key, value, List.of(), 0);
  }

  private static String summary(List<Problem> problems) {
    return problems.stream()
        .filter(Problem::error)
        .limit(3)
        .map(p -> (p.nodeId() == null ? "" : "node " + p.nodeId() + ": ") + p.text())
        .reduce((a, b) -> a + "; " + b)
        .orElse("");
  }
}
