package io.millrace.http;

import io.vertx.ext.web.RoutingContext;

/** Tolerates doubled and trailing slashes, which real clients send. */
final class PathRules {
  private PathRules() {}

  /** Goes on with the tidy form of the path, if it is not tidy already. */
  static void tidy(RoutingContext routing) {
    String path = routing.request().path();
    if (path == null || isTidy(path)) {
      routing.next();
      return;
    }
    String query = routing.request().query();
    String tidy = tidied(path);
    routing.reroute(query == null ? tidy : tidy + "?" + query);
  }

  static boolean isTidy(String path) {
    return path.startsWith("/")
        && path.indexOf("//") < 0
        && (path.length() == 1 || !path.endsWith("/"));
  }

  static String tidied(String path) {
    StringBuilder tidy = new StringBuilder(path.length() + 1).append('/');
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '/' || tidy.charAt(tidy.length() - 1) != '/') {
        tidy.append(c);
      }
    }
    if (tidy.length() > 1 && tidy.charAt(tidy.length() - 1) == '/') {
      tidy.setLength(tidy.length() - 1);
    }
    return tidy.toString();
  }
}
