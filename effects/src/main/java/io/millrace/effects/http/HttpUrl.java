package io.millrace.effects.http;

import io.millrace.effects.guard.HostName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL, taken apart once: guard, connection and request line all use these
 * parts, so they cannot disagree about where a request goes.
 *
 * @param tls whether the scheme is https
 * @param target path and query as sent, percent-encoded
 * @param userInfo {@code name:password}, decoded by nobody yet, or null
 */
record HttpUrl(boolean tls, HostName host, int port, String target, @Nullable String userInfo) {
  private static final int LENGTH_MAX = 65_536;
  private static final String HEX = "0123456789ABCDEF";

  /**
   * A URL that cannot be used; the message quotes no more of it than needed, as it may hold
   * secrets.
   */
  static final class InvalidUrlException extends Exception {
    InvalidUrlException(String message) {
      super(message);
    }
  }

  static HttpUrl parse(String url) throws InvalidUrlException {
    if (url.length() > LENGTH_MAX) {
      throw new InvalidUrlException(
          "URL: expected at most " + LENGTH_MAX + " characters, but got " + url.length());
    }
    int colon = url.indexOf("://");
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new InvalidUrlException("URL: expected it to begin with http:// or https://");
    }
    refuseControls(url);
    int from = colon + 3;
    int end = indexOfAny(url, "/?#", from);
    String authority = url.substring(from, end);
    int fragment = url.indexOf('#', end);
    String rest = url.substring(end, fragment < 0 ? url.length() : fragment);
    int at = authority.lastIndexOf('@');
    boolean tls = scheme.equals("https");
    String hostPort = authority.substring(at + 1);
    int portColon = hostPort.lastIndexOf(':');
    boolean hasPort = portColon > hostPort.lastIndexOf(']');
    String hostText = hasPort ? hostPort.substring(0, portColon) : hostPort;
    HostName host = HostName.parse(hostText);
    if (host == null) {
      throw new InvalidUrlException(
          "URL: expected a host name, or an address in its usual spelling, but got '"
              + hostText
              + "'");
    }
    int port = hasPort ? port(hostPort.substring(portColon + 1), tls) : tls ? 443 : 80;
    String target = encode(rest.startsWith("/") ? rest : "/" + rest);
    return new HttpUrl(tls, host, port, target, at < 0 ? null : authority.substring(0, at));
  }

  /** Where a Location header of an answer to this URL points. */
  HttpUrl resolve(String location) throws InvalidUrlException {
    try {
      return parse(
          new URI(origin() + target).resolve(new URI(encode(location.strip()))).toString());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new InvalidUrlException("Location header: expected a URL");
    }
  }

  /** The Host header: with the port only when it is not the scheme's own. */
  String hostHeader() {
    return port == (tls ? 443 : 80) ? host.inUrl() : host.inUrl() + ":" + port;
  }

  boolean sameOrigin(HttpUrl other) {
    return tls == other.tls && port == other.port && host.equals(other.host);
  }

  String origin() {
    return (tls ? "https://" : "http://") + hostHeader();
  }

  /** Without path, query and user: they may hold secrets. */
  @Override
  public String toString() {
    return origin();
  }

  private static int port(String text, boolean tls) throws InvalidUrlException {
    if (text.isEmpty()) {
      return tls ? 443 : 80;
    }
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new InvalidUrlException("URL: expected a port from 1 to 65535, but got '" + text + "'");
    }
    return port;
  }

  // A backslash is a slash to some programs and not to others, so it never passes.
  private static void refuseControls(String url) throws InvalidUrlException {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c < ' ' || c == 0x7f || c == '\\') {
        throw new InvalidUrlException(
            "URL: expected no control characters and no backslash, but found one at position " + i);
      }
    }
  }

  private static int indexOfAny(String text, String characters, int from) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** Percent-encodes what may not stand in a request line; what is already encoded stays. */
  private static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c <= ' ' || c >= 0x7f || "\"<>^`{|}".indexOf(c) >= 0) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
