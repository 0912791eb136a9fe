package io.millrace.aws.submit;

import java.net.URI;

/**
 * How to reach a running server by its signed API.
 *
 * @param server its address, such as {@code http://127.0.0.1:8787}
 * @param login the API key's number
 * @param secret the API key's secret
 * @param processId the process that gets the tasks
 * @param operationsMax operations in one request
 * @param bodyBytesMax size of one request, passed at most by one record
 * @param requestsMax requests under way
 * @param attemptsMax tries of a request that gets no answer
 * @param timeoutMillis wait for one answer
 */
public record HttpSinkSettings(
    URI server,
    String login,
    String secret,
    long processId,
    int operationsMax,
    int bodyBytesMax,
    int requestsMax,
    int attemptsMax,
    long timeoutMillis) {

  public static HttpSinkSettings of(URI server, String login, String secret, long processId) {
    return new HttpSinkSettings(server, login, secret, processId, 500, 4 << 20, 4, 6, 60_000);
  }

  @Override
  public String toString() {
    return "HttpSinkSettings[server=%s, login=%s, processId=%d]"
        .formatted(server, login, processId);
  }
}
