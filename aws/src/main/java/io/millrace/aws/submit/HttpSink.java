package io.millrace.aws.submit;

import io.millrace.aws.cloudtrail.TrailRecord;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates tasks on a running server by its signed API, many in one request. A request is sent when
 * it is full, or when someone waits for it.
 */
public final class HttpSink implements TaskSink {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] HEAD = "{\"ops\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);

  /** One record on its way: the text of its operation, and who waits for it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pending(byte[] operation, CompletableFuture<Outcome> outcome) {}

  private final HttpSinkSettings settings;
  private final HttpClient client;
  private final HttpExchange exchange;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore requests;
  private final Object batchLock = new Object();
  private List<Pending> batch = new ArrayList<>();
  private long batchBytes;

  public HttpSink(HttpSinkSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofMillis(Math.min(settings.timeoutMillis(), 10_000)))
            .build();
    this.exchange = new HttpExchange(client, settings);
    this.requests = new Semaphore(settings.requestsMax());
  }

  @Override
  public CompletableFuture<Outcome> submit(ObjectNode record) {
    Pending pending = new Pending(operation(record), new CompletableFuture<>());
    List<Pending> full = List.of();
    synchronized (batchLock) {
      batch.add(pending);
      batchBytes += pending.operation().length;
      if (batch.size() >= settings.operationsMax() || batchBytes >= settings.bodyBytesMax()) {
        full = taken();
      }
    }
    send(full);
    return pending.outcome();
  }

  @Override
  public void flush() {
    List<Pending> waiting;
    synchronized (batchLock) {
      waiting = taken();
    }
    send(waiting);
  }

  private List<Pending> taken() {
    List<Pending> taken = batch;
    batch = new ArrayList<>();
    batchBytes = 0;
    return taken;
  }

  private byte[] operation(ObjectNode record) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode();
    operation.put("type", "create");
    operation.put("obj", "task");
    operation.put("conv_id", settings.processId());
    operation.put("ref", TrailRecord.reference(record));
    // Our server's own addition: a reference that a finished task had counts as taken, too.
    operation.put("once", true);
    operation.set("data", record);
    return JSON.writeValueAsBytes(operation);
  }

  private void send(List<Pending> pending) {
    if (!pending.isEmpty()) {
      threads.execute(() -> exchangeAll(pending));
    }
  }

  private void exchangeAll(List<Pending> pending) {
    try {
      requests.acquire();
      try {
        complete(pending, exchange.send(body(pending), pending.size()));
      } finally {
        requests.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      complete(pending, HttpExchange.all(pending.size(), new Outcome.Unavailable("Stopped")));
    }
  }

  private void complete(List<Pending> pending, List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      split(pending);
      return;
    }
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).outcome().complete(outcomes.get(i));
    }
  }

  /** The server found the request too large: halves may pass, a single record never will. */
  private void split(List<Pending> pending) {
    if (pending.size() == 1) {
      String description =
          "The server refused an operation of %,d bytes as too large"
              .formatted(pending.getFirst().operation().length);
      pending.getFirst().outcome().complete(new Outcome.Refused("TASK_TOO_LARGE", description));
      return;
    }
    int half = pending.size() / 2;
    send(pending.subList(0, half));
    send(pending.subList(half, pending.size()));
  }

  private static byte[] body(List<Pending> pending) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(HEAD);
    for (int i = 0; i < pending.size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(pending.get(i).operation());
    }
    body.writeBytes(TAIL);
    return body.toByteArray();
  }

  @Override
  public void close() {
    flush();
    threads.close();
    client.close();
  }
}
