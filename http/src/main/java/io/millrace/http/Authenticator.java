package io.millrace.http;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Finds out who is asking. {@code server} answers this question; other modules only put it. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Answers the identity of a signed-in caller (session cookie, or signature headers), or null. For
   * requests that change something by cookie, the CSRF header has been checked, too. Blocking.
   */
  @Nullable Identity identify(RoutingContext request);
}
