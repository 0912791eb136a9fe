package io.millrace.aws.submit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request of the signed API and its answer as outcomes. A request without an answer is repeated
 * a bounded number of times: the references make that harmless.
 */
final class HttpExchange {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ANSWER_BYTES_MAX = 16 << 20;
  private static final long BACKOFF_MILLIS_MIN = 200;
  private static final long BACKOFF_MILLIS_MAX = 10_000;
  private static final long RETRY_AFTER_MILLIS = 1_000;
  private static final int SHOWN_MAX = 200;

  private final HttpClient client;
  private final HttpSinkSettings settings;

  HttpExchange(HttpClient client, HttpSinkSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Answers an outcome per operation; an empty list when the request was too large as a whole. */
  List<Outcome> send(byte[] body, int operations) throws InterruptedException {
    String trouble = "";
    for (int attempt = 1; attempt <= settings.attemptsMax(); attempt++) {
      try {
        HttpResponse<InputStream> answer =
            client.send(request(body), HttpResponse.BodyHandlers.ofInputStream());
        byte[] text = bounded(answer);
        switch (answer.statusCode()) {
          case 200 -> {
            return answered(text, operations);
          }
          case 413 -> {
            return List.of();
          }
          case 429, 503 -> {
            return all(operations, new Outcome.Overloaded(retryAfterMillis(answer)));
          }
          default -> {
            trouble = "HTTP status " + answer.statusCode() + " " + shown(text);
            if (answer.statusCode() < 500) {
              return all(operations, unavailable(trouble));
            }
          }
        }
      } catch (IOException e) {
        trouble = e.getClass().getSimpleName() + " " + e.getMessage();
      }
      if (attempt < settings.attemptsMax()) {
        Thread.sleep(Math.min(BACKOFF_MILLIS_MAX, BACKOFF_MILLIS_MIN << Math.min(attempt, 10)));
      }
    }
    return all(operations, unavailable(trouble));
  }

  private HttpRequest request(byte[] body) {
    String time = Long.toString(System.currentTimeMillis() / 1000);
    String signature = Signature.of(time, settings.secret(), body);
    String base = settings.server().toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(
            URI.create(base + "/api/2/json/" + settings.login() + "/" + time + "/" + signature))
        .timeout(Duration.ofMillis(settings.timeoutMillis()))
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static byte[] bounded(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream in = answer.body()) {
      byte[] text = in.readNBytes(ANSWER_BYTES_MAX + 1);
      if (text.length > ANSWER_BYTES_MAX) {
        throw new IOException("the answer is larger than " + ANSWER_BYTES_MAX + " bytes");
      }
      return text;
    }
  }

  private List<Outcome> answered(byte[] text, int operations) {
    JsonNode answer;
    try {
      answer = JSON.readTree(text);
    } catch (JacksonException e) {
      return all(operations, unavailable("an answer that is not JSON: " + shown(text)));
    }
    JsonNode each = answer.path("ops");
    if (!"ok".equals(answer.path("request_proc").asString(""))) {
      String description = answer.path("description").asString("");
      return all(operations, unavailable(description.isEmpty() ? shown(text) : description));
    }
    if (each.size() != operations) {
      return all(
          operations,
          unavailable("%d answers to %d operations".formatted(each.size(), operations)));
    }
    List<Outcome> outcomes = new ArrayList<>(operations);
    for (JsonNode one : each) {
      outcomes.add(outcome(one));
    }
    return outcomes;
  }

  /** The error texts are those of the compatible API's catalogue. */
  private Outcome outcome(JsonNode operation) {
    if ("ok".equals(operation.path("proc").asString(""))) {
      return operation.path("existed").asBoolean(false)
          ? new Outcome.Duplicate()
          : new Outcome.Created();
    }
    String description = operation.path("description").asString("");
    if (description.equals("not unical reference")) {
      return new Outcome.Duplicate();
    }
    if (description.startsWith("Too many requests") || description.equals("RPS limit reached")) {
      return new Outcome.Overloaded(RETRY_AFTER_MILLIS);
    }
    if (description.equals("conveyor is not active")
        || description.equals("Access denied")
        || (description.startsWith("Object ") && description.endsWith(" does not exist"))) {
      return new Outcome.Unavailable(
          "Process %d does not take tasks: %s".formatted(settings.processId(), description));
    }
    return new Outcome.Refused(operation.path("key").asString("REFUSED"), description);
  }

  private Outcome unavailable(String trouble) {
    return new Outcome.Unavailable(
        "Server %s does not take tasks: %s".formatted(settings.server(), trouble));
  }

  static List<Outcome> all(int operations, Outcome outcome) {
    return Collections.nCopies(operations, outcome);
  }

  private static long retryAfterMillis(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,5}"))
        .map(text -> Math.max(1, Long.parseLong(text)) * 1000)
        .orElse(RETRY_AFTER_MILLIS);
  }

  private static String shown(byte[] text) {
    String all = new String(text, 0, Math.min(text.length, SHOWN_MAX), StandardCharsets.UTF_8);
    return all.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
