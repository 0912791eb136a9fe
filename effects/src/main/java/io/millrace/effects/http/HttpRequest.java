package io.millrace.effects.http;

import io.millrace.engine.command.Effect.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the outside.
 *
 * @param method upper case
 * @param url absolute
 * @param headers in order
 * @param body bytes to send, or null for none
 * @param timeoutMillis for the whole exchange, name look-up and redirects included
 * @param responseBytesMax a longer answer is a failure
 * @param redirectsMax how many redirects to follow; after the last, the redirect is the answer
 */
// Bodies are handed over, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record HttpRequest(
    String method,
    String url,
    List<Header> headers,
    byte @Nullable [] body,
    long timeoutMillis,
    long responseBytesMax,
    int redirectsMax) {
  /** More redirects than this are never followed. */
  public static final int REDIRECTS_LIMIT = 3;

  public HttpRequest {
    headers = List.copyOf(headers);
    if (redirectsMax < 0 || redirectsMax > REDIRECTS_LIMIT) {
      throw new IllegalArgumentException(
          "redirectsMax: expected 0 to " + REDIRECTS_LIMIT + ", but got " + redirectsMax);
    }
  }

  /** Says where to, and nothing that may be secret. */
  @Override
  public String toString() {
    return "HttpRequest[" + method + "]";
  }
}
