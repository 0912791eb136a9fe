package io.millrace.alerting.channel;

import io.millrace.effects.http.GuardedHttpClient;
import io.millrace.effects.http.HttpOutcome;
import io.millrace.effects.http.HttpRequest;
import io.millrace.engine.command.Effect.Header;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Posts JSON for the channels that speak HTTP, and reads from the answer whether to try again. */
final class HttpDelivery {
  private static final long RESPONSE_BYTES_MAX = 65_536;
  private static final int ECHO_LENGTH_MAX = 200;

  private final GuardedHttpClient client;
  private final InstantSource clock;
  private final long timeoutMillis;
  private final Redactor redactor;

  HttpDelivery(
      GuardedHttpClient client, InstantSource clock, long timeoutMillis, Redactor redactor) {
    this.client = client;
    this.clock = clock;
    this.timeoutMillis = timeoutMillis;
    this.redactor = redactor;
  }

  void post(Secret url, List<Header> headers, byte[] body, Consumer<SendOutcome> done) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Content-Type", "application/json; charset=utf-8"));
    all.add(new Header("User-Agent", "Millrace"));
    // No redirects: an alert, and its signature, go to the configured address only.
    HttpRequest request =
        new HttpRequest("POST", url.reveal(), all, body, timeoutMillis, RESPONSE_BYTES_MAX, 0);
    client.send(request, outcome -> done.accept(read(outcome)));
  }

  private SendOutcome read(HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Answered answer -> answered(answer);
      case HttpOutcome.Failed(var failure, var detail) ->
          switch (failure) {
            case BLOCKED, INVALID_REQUEST -> new SendOutcome.Rejected(redactor.clean(detail));
            case TIMEOUT, CONNECT, TOO_LARGE, INTERNAL ->
                new SendOutcome.Later(redactor.clean(detail), null);
          };
    };
  }

  private SendOutcome answered(HttpOutcome.Answered answer) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      String id = answer.header("X-Request-Id");
      return new SendOutcome.Sent(id == null ? "" : redactor.clean(id), "");
    }
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    String echo = body.substring(0, Math.min(body.length(), ECHO_LENGTH_MAX));
    String error = redactor.clean("HTTP status " + status + (echo.isBlank() ? "" : ": " + echo));
    boolean later = status >= 500 || status == 408 || status == 425 || status == 429;
    return later
        ? new SendOutcome.Later(error, retryAfterMillis(answer.header("Retry-After")))
        : new SendOutcome.Rejected(error);
  }

  /** Seconds or a date (RFC 9110 §10.2.3); anything else is as good as nothing. */
  private @Nullable Long retryAfterMillis(@Nullable String value) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (text.matches("\\d{1,9}")) {
      return Long.parseLong(text) * 1000;
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Math.max(0, Duration.between(clock.instant(), until.toInstant()).toMillis());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
