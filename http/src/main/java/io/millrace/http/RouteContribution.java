package io.millrace.http;

import io.vertx.ext.web.Router;

/** How a module adds its routes to the one listener; {@code app} collects the contributions. */
@FunctionalInterface
public interface RouteContribution {
  /**
   * Mounts routes.
   *
   * @param router the root router; a module mounts below its own prefix, such as {@code
   *     /api/alerts}
   * @param authenticator tells who is asking
   */
  void mount(Router router, Authenticator authenticator);
}
