package io.millrace.effects.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.effects.guard.EgressGuard;
import io.millrace.effects.guard.EgressRules;
import io.millrace.effects.guard.NameResolver;
import io.millrace.engine.command.EffectResult.HttpFailure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit";
  private static final Vertx VERTX = Vertx.vertx();
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  @TempDir static Path folder;
  private static HttpServer server;
  private static HttpServer old;

  @BeforeAll
  static void start() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "RSA",
        "-storetype",
        "PKCS12",
        "-validity",
        "2",
        "-dname",
        "CN=service.test",
        "-ext",
        "SAN=DNS:service.test",
        "-keystore",
        store(),
        "-storepass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-keystore",
        store(),
        "-storepass",
        PASSWORD,
        "-file",
        pem());
    server = listen(Set.of("TLSv1.2", "TLSv1.3"));
    old = listen(Set.of("TLSv1.1"));
  }

  @AfterAll
  static void stop() {
    VERTX.close().await();
  }

  @Test
  void aSelfSignedCertificateIsRefused() throws Exception {
    GuardedHttpClientTest.assertFailed(
        get("service.test", server, HttpClientSettings.defaults()),
        HttpFailure.CONNECT,
        "No connection");
  }

  @Test
  void theNameIsCheckedAndSentWhileTheCheckedAddressIsUsed() throws Exception {
    HttpOutcome outcome = get("service.test", server, trusting());

    assertThat(GuardedHttpClientTest.answered(outcome).status()).isEqualTo(200);
    assertThat(SEEN).contains("service.test on service.test:" + server.actualPort());
  }

  @Test
  void aTrustedCertificateForAnotherNameIsRefused() throws Exception {
    GuardedHttpClientTest.assertFailed(
        get("other.test", server, trusting()), HttpFailure.CONNECT, "No connection");
  }

  @Test
  void tlsOlderThanOnePointTwoIsRefused() throws Exception {
    GuardedHttpClientTest.assertFailed(
        get("service.test", old, trusting()), HttpFailure.CONNECT, "No connection");
  }

  private static HttpServer listen(Set<String> versions) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setSni(true)
            .setEnabledSecureTransportProtocols(versions)
            .setKeyCertOptions(new PfxOptions().setPath(store()).setPassword(PASSWORD));
    return VERTX
        .createHttpServer(options)
        .requestHandler(request -> {
          SEEN.add(request.connection().indicatedServerName() + " on " + request.authority());
          request.response().end("hello");
        })
        .listen(0, "127.0.0.1")
        .await();
  }

  private static HttpOutcome get(String host, HttpServer target, HttpClientSettings settings)
      throws Exception {
    NameResolver local = _ -> List.of(InetAddress.getByName("127.0.0.1"));
    EgressGuard guard = new EgressGuard(EgressRules.allowing(List.of("127.0.0.1")), local);
    try (GuardedHttpClient client = new GuardedHttpClient(VERTX, guard, settings)) {
      String url = "https://" + host + ":" + target.actualPort() + "/";
      return GuardedHttpClientTest.send(
          client, new HttpRequest("GET", url, List.of(), null, 9_000, 1_000, 0));
    }
  }

  private static HttpClientSettings trusting() {
    return HttpClientSettings.defaults().withTrust(new PemTrustOptions().addCertPath(pem()));
  }

  private static String store() {
    return folder.resolve("server.p12").toString();
  }

  private static String pem() {
    return folder.resolve("server.pem").toString();
  }

  private static void keytool(String... arguments) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new java.util.ArrayList<>(List.of(tool));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
