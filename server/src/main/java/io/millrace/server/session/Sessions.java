package io.millrace.server.session;

import io.millrace.http.Authenticator;
import io.millrace.http.Identity;
import io.millrace.http.Problem;
import io.millrace.http.RequestBody;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.people.PrincipalStatus;
import io.millrace.workspace.people.Session;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Browser sessions and signature headers: who is behind a request without credentials in its path.
 * A request that changes something by cookie must bring the session's CSRF token in a header.
 */
public final class Sessions implements Authenticator {
  public static final String COOKIE = "millrace_session";
  public static final String CSRF_HEADER = "X-Csrf-Token";
  public static final String LOGIN_HEADER = "X-API-Login";

  private final Workspace workspace;
  private final Callers callers;

  public Sessions(Workspace workspace, Callers callers) {
    this.workspace = workspace;
    this.callers = callers;
  }

  /** Who is behind a session, and the session itself. */
  public record SignedIn(Identity identity, Session session) {}

  /**
   * As promised by the contract. A signature in headers is made over the body: a route that accepts
   * them must have put the {@link RequestBody} into the context under its class name.
   */
  @Override
  public @Nullable Identity identify(RoutingContext request) {
    RequestBody body = request.get(RequestBody.class.getName());
    return identify(request, body == null ? RequestBody.EMPTY : body);
  }

  /** Who is asking, by headers or cookie, or null. Blocking. */
  public @Nullable Identity identify(RoutingContext routing, RequestBody body) {
    HttpServerRequest request = routing.request();
    if (request.getHeader(LOGIN_HEADER) != null) {
      return byHeaders(request, body) instanceof Callers.Verdict.Accepted accepted
          ? accepted.identity()
          : null;
    }
    return signedIn(routing)
        .filter(signedIn -> isSafe(request) || hasToken(request, signedIn.session()))
        .map(SignedIn::identity)
        .orElse(null);
  }

  /** Whether the caller signs by headers. */
  public static boolean signsByHeaders(HttpServerRequest request) {
    return request.getHeader(LOGIN_HEADER) != null;
  }

  /** The verdict on signature headers, over the body as sent or as decompressed. */
  public Callers.Verdict byHeaders(HttpServerRequest request, RequestBody body) {
    String login = request.getHeader(LOGIN_HEADER);
    String time = request.getHeader("X-API-Timestamp");
    String signature = request.getHeader("X-API-Signature");
    Callers.Verdict verdict =
        callers.byHeaders(login == null ? "" : login, time, signature, body.sent());
    return verdict instanceof Callers.Verdict.Rejected && body.compressed()
        ? callers.byHeaders(login == null ? "" : login, time, signature, body.content())
        : verdict;
  }

  /** The live session of the cookie, whatever the method. Blocking. */
  public Optional<SignedIn> signedIn(RoutingContext routing) {
    return token(routing)
        .flatMap(token -> workspace.signIn().session(token))
        .flatMap(session ->
            workspace
                .users()
                .find(session.userId())
                .filter(user -> user.status() == PrincipalStatus.ACTIVE)
                .map(user ->
                    new SignedIn(
                        new Identity(user.id(), user.title(), user.administrator(), true),
                        session)));
  }

  /** As {@link #identify(RoutingContext, RequestBody)}, and a problem when nobody is. */
  public Identity require(RoutingContext routing, RequestBody body) {
    Identity identity = identify(routing, body);
    if (identity != null) {
      return identity;
    }
    if (!signsByHeaders(routing.request()) && signedIn(routing).isPresent()) {
      throw new Problem(
              403,
              "csrf",
              CSRF_HEADER,
              null,
              "the token that signing in answered",
              "Send it in the header " + CSRF_HEADER + "; reload the page if it is lost.")
          .exception();
    }
    throw Problem.unauthorized().exception();
  }

  /** The session token that the browser sent. */
  public static Optional<String> token(RoutingContext routing) {
    Cookie cookie = routing.request().getCookie(COOKIE);
    return cookie == null || cookie.getValue().length() > 200
        ? Optional.empty()
        : Optional.of(cookie.getValue());
  }

  private static boolean isSafe(HttpServerRequest request) {
    HttpMethod method = request.method();
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static boolean hasToken(HttpServerRequest request, Session session) {
    String given = request.getHeader(CSRF_HEADER);
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            session.csrfToken().getBytes(StandardCharsets.UTF_8));
  }
}
