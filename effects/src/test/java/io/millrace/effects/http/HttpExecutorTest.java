package io.millrace.effects.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.effects.guard.EgressGuard;
import io.millrace.effects.guard.EgressRules;
import io.millrace.effects.guard.NameResolver;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.Effect.Header;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.EffectResult.HttpFailure;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpExecutorTest {
  private final Vertx vertx = Vertx.vertx();
  private final GuardedHttpClient client =
      new GuardedHttpClient(
          vertx,
          new EgressGuard(EgressRules.allowing(List.of("127.0.0.2")), NameResolver.system()),
          HttpClientSettings.defaults());
  private final HttpExecutor executor = new HttpExecutor(client, 2);

  @AfterEach
  void close() {
    client.close();
    vertx.close().await();
  }

  @Test
  void anAnswerBecomesAResultAndTheEffectIsTheIdempotencyKey() throws Exception {
    try (RawServer server =
        new RawServer("127.0.0.2", RawServer.answering("HTTP/1.1 201 Created\r\nX-A: b", "{}"))) {
      EffectResult result = run(call(1, GuardedHttpClientTest.url(server, "/x"), List.of()));

      assertThat(result)
          .isInstanceOfSatisfying(
              EffectResult.HttpAnswer.class,
              answer -> {
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.headers()).contains(new Header("X-A", "b"));
                assertThat(answer.body()).asString().isEqualTo("{}");
                assertThat(answer.elapsedMicros()).isPositive();
              });
      assertThat(server.requests.getFirst())
          .contains("Idempotency-Key: 000000000000000100000001-1-0\r\n");
      assertThat(executor.metrics().answered.sum()).isEqualTo(1);
      assertThat(executor.metrics().receivedBytes.sum()).isEqualTo(2);
    }
  }

  @Test
  void theAuthorsOwnIdempotencyKeyStays() throws Exception {
    try (RawServer server =
        new RawServer("127.0.0.2", RawServer.answering("HTTP/1.1 200 OK", ""))) {
      run(
          call(
              1,
              GuardedHttpClientTest.url(server, "/"),
              List.of(new Header("idempotency-key", "own"))));

      assertThat(server.requests.getFirst())
          .contains("idempotency-key: own")
          .doesNotContain("Idempotency-Key");
    }
  }

  @Test
  void failuresAreToldApartAndCounted() throws Exception {
    assertThat(run(call(1, "http://127.0.0.1:80/", List.of())))
        .isInstanceOfSatisfying(
            EffectResult.HttpFailed.class,
            failed -> assertThat(failed.failure()).isEqualTo(HttpFailure.BLOCKED));
    assertThat(run(call(2, "not a url", List.of())))
        .isInstanceOfSatisfying(
            EffectResult.HttpFailed.class,
            failed -> assertThat(failed.failure()).isEqualTo(HttpFailure.INVALID_REQUEST));
    assertThat(executor.metrics().failed(HttpFailure.BLOCKED).sum()).isEqualTo(1);
    assertThat(executor.metrics().failed(HttpFailure.INVALID_REQUEST).sum()).isEqualTo(1);
  }

  @Test
  void aRedirectIsTheAnswer() throws Exception {
    try (RawServer server =
        new RawServer(
            "127.0.0.2",
            RawServer.answering("HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/", ""))) {
      assertThat(run(call(1, GuardedHttpClientTest.url(server, "/"), List.of())))
          .isInstanceOfSatisfying(
              EffectResult.HttpAnswer.class, answer -> assertThat(answer.status()).isEqualTo(302));
    }
  }

  @Test
  void moreCallsThanAllowedWaitInOrderAndACancelledOneMakesRoom() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            "127.0.0.2",
            (connection, request) -> {
              go.await();
              RawServer.answering("HTTP/1.1 200 OK", "").handle(connection, request);
            })) {
      List<CompletableFuture<EffectResult>> results = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        results.add(start(call(i, GuardedHttpClientTest.url(server, "/" + i), List.of())));
      }
      await().until(() -> server.requests.size() == 2);
      assertThat(executor.running()).isEqualTo(2);
      assertThat(executor.waiting()).isEqualTo(2);

      executor.cancel(id(1));
      executor.cancel(id(4));
      await().until(() -> server.requests.size() == 3);
      go.countDown();

      assertThat(results.get(1).get(5, TimeUnit.SECONDS))
          .isInstanceOf(EffectResult.HttpAnswer.class);
      assertThat(results.get(2).get(5, TimeUnit.SECONDS))
          .isInstanceOf(EffectResult.HttpAnswer.class);
      assertThat(results.get(0)).isNotDone();
      assertThat(results.get(3)).isNotDone();
      assertThat(executor.metrics().cancelled.sum()).isEqualTo(2);
      assertThat(executor.running()).isZero();
    }
  }

  @Test
  void manyCallsThatFailAtOnceAllEnd() throws Exception {
    List<CompletableFuture<EffectResult>> results = new ArrayList<>();
    for (int i = 1; i <= 20_000; i++) {
      results.add(start(call(i, "bad", List.of())));
    }
    for (CompletableFuture<EffectResult> result : results) {
      assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(EffectResult.HttpFailed.class);
    }
    assertThat(executor.running()).isZero();
    assertThat(executor.waiting()).isZero();
  }

  private EffectResult run(Effect effect) throws Exception {
    return start(effect).get(10, TimeUnit.SECONDS);
  }

  private CompletableFuture<EffectResult> start(Effect effect) {
    CompletableFuture<EffectResult> result = new CompletableFuture<>();
    executor.start(effect, result::complete);
    return result;
  }

  private static EffectId id(int number) {
    return new EffectId(TaskId.of(0, 0, 0x100000000L + number), 1, 0);
  }

  private static Effect.HttpCall call(int number, String url, List<Header> headers) {
    NodeId node = NodeId.of("0123456789abcdef01234567");
    return new Effect.HttpCall(id(number), 1, node, "GET", url, headers, null, 20_000, 1_000);
  }
}
