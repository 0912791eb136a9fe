package io.millrace.server.console;

import io.millrace.http.Exchange;
import io.millrace.http.Problem;
import io.millrace.server.session.Sessions;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.people.OpenedSession;
import io.millrace.workspace.people.User;
import io.millrace.workspace.store.WorkspaceException;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signing in and out of the console. */
public final class SessionApi {
  private static final int TEXT_CHARS_MAX = 1_000;

  private final Workspace workspace;
  private final Sessions sessions;

  public SessionApi(Workspace workspace, Sessions sessions) {
    this.workspace = workspace;
    this.sessions = sessions;
  }

  ObjectNode signIn(Exchange exchange, JsonNode request) {
    String login = text(request, "login");
    String password = text(request, "password");
    OpenedSession opened;
    try {
      opened = workspace.signIn().signIn(login, password, exchange.remoteAddress());
    } catch (WorkspaceException e) {
      throw refused(e).exception();
    }
    setCookie(exchange, opened.token(), -1);
    return answer(opened.session().userId(), opened.session().csrfToken());
  }

  private static String text(JsonNode request, String name) {
    JsonNode value = request.path(name);
    if (!value.isString()
        || value.stringValue().isEmpty()
        || value.stringValue().length() > TEXT_CHARS_MAX) {
      throw Problem.invalid(
              name, null, "a text of 1 to " + TEXT_CHARS_MAX + " characters", "Fill it in.")
          .exception();
    }
    return value.stringValue();
  }

  /** One answer for a wrong login and a wrong password, so that logins cannot be found out. */
  private static Problem refused(WorkspaceException refusal) {
    if (refusal.code() == WorkspaceException.Code.LIMIT) {
      int seconds = (int) Math.clamp((refusal.retryAfterMillis() + 999) / 1000, 1L, 86_400L);
      return new Problem(
          429,
          "too_many_attempts",
          null,
          null,
          "fewer attempts to sign in",
          "Try again in " + seconds + " seconds.",
          seconds);
    }
    return new Problem(
        401,
        "wrong_credentials",
        null,
        null,
        "the login and password of an active user",
        "Check both, and the keyboard's Caps Lock.");
  }

  /**
   * Who is signed in; an empty object: nobody. To ask is no failure, and a page that asks before
   * anybody signed in must not make the browser report one.
   */
  ObjectNode current(RoutingContext routing) {
    return sessions
        .signedIn(routing)
        .map(signedIn -> answer(signedIn.identity().userId(), signedIn.session().csrfToken()))
        .orElseGet(Json::object);
  }

  void signOut(Exchange exchange) {
    Sessions.token(exchange.routing()).ifPresent(workspace.signIn()::signOut);
    setCookie(exchange, "", 0);
    exchange.empty(204);
  }

  private ObjectNode answer(long userId, String csrf) {
    User user =
        workspace.users().find(userId).orElseThrow(() -> Problem.unauthorized().exception());
    ObjectNode answer = Json.object();
    answer
        .putObject("user")
        .put("id", user.id())
        .put("login", user.login())
        .put("name", user.title())
        .put("administrator", user.administrator());
    return answer.put("csrf", csrf);
  }

  private static void setCookie(Exchange exchange, String token, long maxAgeSeconds) {
    Cookie cookie =
        Cookie.cookie(Sessions.COOKIE, token)
            .setPath("/")
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.STRICT)
            .setSecure(exchange.secure());
    if (maxAgeSeconds >= 0) {
      cookie.setMaxAge(maxAgeSeconds);
    }
    exchange.setHeader("Set-Cookie", cookie.encode());
  }
}
