package io.millrace.effects.http;

import io.vertx.core.net.TrustOptions;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the guarded client.
 *
 * @param connectTimeoutMillis for one address, TLS handshake included
 * @param connectionsPerHostMax open connections to one host
 * @param waitingPerHostMax requests that wait for such a connection; more are refused
 * @param keepAliveSeconds how long an idle connection is kept
 * @param lookupThreads name look-ups at one time
 * @param trust certificates to trust instead of the JDK's, or null
 */
public record HttpClientSettings(
    int connectTimeoutMillis,
    int connectionsPerHostMax,
    int waitingPerHostMax,
    int keepAliveSeconds,
    int lookupThreads,
    @Nullable TrustOptions trust) {
  /** What fits most installations. */
  public static HttpClientSettings defaults() {
    return new HttpClientSettings(10_000, 64, 10_000, 30, 16, null);
  }

  /** The same, with other certificates to trust. */
  public HttpClientSettings withTrust(TrustOptions other) {
    return new HttpClientSettings(
        connectTimeoutMillis,
        connectionsPerHostMax,
        waitingPerHostMax,
        keepAliveSeconds,
        lookupThreads,
        other);
  }

  /** The same, with another connect timeout. */
  public HttpClientSettings withConnectTimeoutMillis(int other) {
    return new HttpClientSettings(
        other, connectionsPerHostMax, waitingPerHostMax, keepAliveSeconds, lookupThreads, trust);
  }
}
