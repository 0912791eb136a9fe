package io.millrace.effects.http;

import io.millrace.engine.command.Effect.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which headers may leave, and in which form: what frames the message is the client's own business.
 */
final class RequestHeaders {
  private static final int HEADERS_MAX = 200;

  // The client sets these from the URL and the body; an author's value could only contradict it.
  private static final Set<String> CLIENT_OWNED =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "http2-settings");

  private static final Set<String> SECRET =
      Set.of("authorization", "cookie", "proxy-authorization", "x-api-key");

  private RequestHeaders() {}

  /** A header or method that cannot be sent; the message never contains a header's value. */
  static final class InvalidHeaderException extends Exception {
    InvalidHeaderException(String message) {
      super(message);
    }
  }

  static void checkMethod(String method) throws InvalidHeaderException {
    if (!isToken(method) || method.equals("CONNECT") || method.equals("TRACE")) {
      throw new InvalidHeaderException(
          "Method: expected GET, POST or the like, but got '" + method + "'");
    }
  }

  static boolean expectsBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /**
   * The author's headers without the client's own; a user in the URL becomes basic authentication.
   */
  static List<Header> prepare(List<Header> headers, HttpUrl url) throws InvalidHeaderException {
    if (headers.size() > HEADERS_MAX) {
      throw new InvalidHeaderException(
          "Headers: expected at most " + HEADERS_MAX + ", but got " + headers.size());
    }
    List<Header> prepared = new ArrayList<>();
    boolean authorized = false;
    for (Header header : headers) {
      check(header);
      String name = header.name().toLowerCase(Locale.ROOT);
      authorized |= name.equals("authorization");
      if (!CLIENT_OWNED.contains(name)) {
        prepared.add(header);
      }
    }
    String user = url.userInfo();
    if (user != null && !authorized) {
      prepared.add(new Header("Authorization", "Basic " + base64(user)));
    }
    return prepared;
  }

  /**
   * Secrets stay with the origin they were meant for; a request without body does not describe one.
   */
  static List<Header> forRedirect(List<Header> headers, boolean sameOrigin, boolean dropsBody) {
    List<Header> kept = new ArrayList<>();
    for (Header header : headers) {
      String name = header.name().toLowerCase(Locale.ROOT);
      boolean secretElsewhere = !sameOrigin && SECRET.contains(name);
      if (!secretElsewhere && !(dropsBody && name.startsWith("content-"))) {
        kept.add(header);
      }
    }
    return kept;
  }

  private static void check(Header header) throws InvalidHeaderException {
    if (!isToken(header.name())) {
      throw new InvalidHeaderException(
          "Header: expected a name of letters, digits and -, but got '" + header.name() + "'");
    }
    for (int i = 0; i < header.value().length(); i++) {
      char c = header.value().charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new InvalidHeaderException(
            "Header '"
                + header.name()
                + "': expected no line break or control character in its value");
      }
    }
  }

  private static boolean isToken(String text) {
    return text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
  }

  private static String base64(String userInfo) {
    String decoded =
        java.net.URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
  }
}
