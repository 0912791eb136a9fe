package io.millrace.server.compatible;

import io.millrace.http.Exchange;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address by which a caller reached us, for links in answers. */
final class Origins {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-\\[\\]:]{1,255}");

  private Origins() {}

  /** Scheme, host and port, such as {@code http://127.0.0.1:8787}. */
  static String of(Exchange exchange) {
    return (exchange.secure() ? "https://" : "http://") + host(exchange);
  }

  /** Host and port of the request; a header that is no host is not repeated. */
  static String host(Exchange exchange) {
    @Nullable String host = exchange.header("Host");
    if (host != null && HOST.matcher(host).matches()) {
      return host;
    }
    var address = exchange.request().localAddress();
    return address == null ? "localhost" : address.host() + ":" + address.port();
  }
}
