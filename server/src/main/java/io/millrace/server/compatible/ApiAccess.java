package io.millrace.server.compatible;

import io.millrace.http.Exchange;
import io.millrace.http.Identity;
import io.millrace.http.Problem;
import io.millrace.http.ProblemException;
import io.millrace.http.RequestBody;
import io.millrace.server.session.Callers;
import io.millrace.server.session.Sessions;
import io.millrace.server.wire.Multipart;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets callers of the compatible API in, or answers them why not. */
final class ApiAccess {
  private final Callers callers;
  private final Sessions sessions;

  ApiAccess(Callers callers, Sessions sessions) {
    this.callers = callers;
    this.sessions = sessions;
  }

  /**
   * Checks who is asking and goes on with that: on the same thread when the key is in memory.
   *
   * @param auth credentials of the path, or null: headers or cookie
   */
  void admit(
      Exchange exchange, ApiPath.@Nullable Auth auth, RequestBody body, Consumer<Identity> then) {
    if (auth != null) {
      check(exchange, auth.login(), () -> proceed(exchange, byPath(exchange, auth, body), then));
    } else if (Sessions.signsByHeaders(exchange.request())) {
      check(
          exchange,
          exchange.header(Sessions.LOGIN_HEADER),
          () -> proceed(exchange, sessions.byHeaders(exchange.request(), body), then));
    } else {
      exchange.blocking(() -> bySession(exchange, body, then));
    }
  }

  /** Keys that are not in memory, invented ones above all, are looked up off the event loop. */
  private void check(Exchange exchange, @Nullable String login, Runnable work) {
    if (callers.isKnown(login)) {
      work.run();
    } else {
      exchange.blocking(work);
    }
  }

  private Callers.Verdict byPath(Exchange exchange, ApiPath.Auth auth, RequestBody body) {
    boolean multipart = Multipart.is(exchange.header("Content-Type"));
    Callers.Verdict verdict =
        callers.byPath(auth.login(), auth.time(), auth.signature(), body.sent(), multipart);
    return verdict instanceof Callers.Verdict.Rejected && body.compressed()
        ? callers.byPath(auth.login(), auth.time(), auth.signature(), body.content(), multipart)
        : verdict;
  }

  private static void proceed(Exchange exchange, Callers.Verdict verdict, Consumer<Identity> then) {
    switch (verdict) {
      case Callers.Verdict.Accepted(Identity identity) -> then.accept(identity);
      // Clients take any status but 200 for a broken connection and hide the reason.
      case Callers.Verdict.Rejected(String description) ->
          exchange.json(200, Envelope.error(description));
    }
  }

  private void bySession(Exchange exchange, RequestBody body, Consumer<Identity> then) {
    Identity identity;
    try {
      identity = sessions.require(exchange.routing(), body);
    } catch (ProblemException e) {
      Problem problem = e.problem();
      exchange.json(
          problem.status(), Envelope.error("Access denied: expected " + problem.expected()));
      return;
    }
    then.accept(identity);
  }
}
