package io.millrace.server.session;

import io.millrace.http.Identity;
import io.millrace.workspace.people.ApiKeys;
import io.millrace.workspace.people.KeyWithSecret;
import io.millrace.workspace.people.PrincipalStatus;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the API key behind a signature. A key that was found before is served from memory; only for
 * such keys may it be asked on an event loop.
 */
public final class Callers {
  /** How far the time of a signature may be off, for keys that are checked. */
  private static final long SKEW_SECONDS_MAX = 600;

  private static final byte[] NOTHING = {};
  private static final int KNOWN_LOGINS_MAX = 10_000;

  private final ApiKeys keys;
  private final InstantSource clock;
  private final Set<String> knownLogins = ConcurrentHashMap.newKeySet();

  public Callers(ApiKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** The outcome of looking at a signature. */
  public sealed interface Verdict {
    /** The signature is right. */
    record Accepted(Identity identity) implements Verdict {}

    /** It is not; {@code description} is the text of the error catalogue. */
    record Rejected(String description) implements Verdict {}
  }

  private static final Verdict UNKNOWN_LOGIN = new Verdict.Rejected("Access denied: unknown login");
  private static final Verdict WRONG_TIME = new Verdict.Rejected("Access denied: wrong time");
  private static final Verdict WRONG_SIGNATURE =
      new Verdict.Rejected("Access denied: wrong signature");

  /** Whether the key of this login is in memory, so that looking it up does not block. */
  public boolean isKnown(@Nullable String login) {
    return login != null && knownLogins.contains(login);
  }

  /**
   * Checks the signature of a path.
   *
   * @param multipart whether the other candidates of multipart bodies are tried, too
   */
  public Verdict byPath(
      String login, String time, String signature, byte[] content, boolean multipart) {
    Optional<KeyWithSecret> found = find(login);
    if (found.isEmpty()) {
      return UNKNOWN_LOGIN;
    }
    KeyWithSecret key = found.get();
    if (key.key().skewCheck() && !isNear(time)) {
      return WRONG_TIME;
    }
    byte[] secret = secret(key);
    boolean right =
        Signature.same(Signature.ofContent(time, secret, content), signature)
            || (multipart
                && (Signature.same(
                        Signature.ofContent(time, secret, Signature.multipartContent(content)),
                        signature)
                    || Signature.same(Signature.ofContent(time, secret, NOTHING), signature)));
    return right ? new Verdict.Accepted(identity(key)) : WRONG_SIGNATURE;
  }

  /** Checks the signature headers {@code X-API-Login}, {@code -Timestamp}, {@code -Signature}. */
  public Verdict byHeaders(
      String login, @Nullable String timestamp, @Nullable String signature, byte[] body) {
    Optional<KeyWithSecret> found = find(login);
    if (found.isEmpty()) {
      return UNKNOWN_LOGIN;
    }
    KeyWithSecret key = found.get();
    if (timestamp == null || signature == null) {
      return WRONG_SIGNATURE;
    }
    if (key.key().skewCheck() && !isNear(timestamp)) {
      return WRONG_TIME;
    }
    return Signature.same(Signature.hmac(timestamp, secret(key), body), signature)
        ? new Verdict.Accepted(identity(key))
        : WRONG_SIGNATURE;
  }

  private Optional<KeyWithSecret> find(String login) {
    Optional<KeyWithSecret> found =
        keys.findKeyByLogin(login).filter(key -> key.key().status() == PrincipalStatus.ACTIVE);
    if (found.isEmpty()) {
      knownLogins.remove(login);
    } else if (knownLogins.size() < KNOWN_LOGINS_MAX) {
      knownLogins.add(login);
    }
    return found;
  }

  private boolean isNear(String time) {
    try {
      return Math.abs(clock.millis() / 1000 - Long.parseLong(time)) <= SKEW_SECONDS_MAX;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static byte[] secret(KeyWithSecret key) {
    return key.secret().getBytes(StandardCharsets.UTF_8);
  }

  private static Identity identity(KeyWithSecret key) {
    return new Identity(key.key().id(), key.key().title(), key.key().administrator(), false);
  }
}
