package io.millrace.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.millrace.alerting.channel.ChannelSettings;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailDeliveryTest {
  @TempDir static Path folder;
  private static TestCertificate certificate;
  private GreenMail server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.create(folder);
    System.setProperty("greenmail.tls.keystore.file", certificate.keyStore().toString());
    System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
  }

  @AfterAll
  static void forgetCertificate() {
    System.clearProperty("greenmail.tls.keystore.file");
    System.clearProperty("greenmail.tls.keystore.password");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void anAlertArrivesAsTextAndHtmlWithAStableMessageId() throws Exception {
    try (AlertingFixture fixture = plain(Map.of())) {
      Effect.Notify alert = alert(List.of(), "Root & <co>", "Line 1\nLine 2");

      EffectResult result = fixture.run(alert);

      String messageId = "<" + alert.id().text() + "@millrace.example>";
      MimeMessage mail = received();
      assertThat(result).isEqualTo(new EffectResult.Notified(messageId));
      assertThat(mail.getMessageID()).isEqualTo(messageId);
      assertThat(mail.getSubject()).isEqualTo("[HIGH] Root & <co>");
      assertThat(mail.getFrom()[0].toString()).isEqualTo("alerts@millrace.example");
      assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("ops@millrace.example");
      assertThat(part(mail, 0)).contains("Line 1", "Line 2", "user: alice");
      assertThat(part(mail, 1)).contains("<h2", "Root &amp; &lt;co&gt;", "<td>alice</td>");
    }
  }

  @Test
  void recipientsOfTheAlertReplaceTheDefault() throws Exception {
    try (AlertingFixture fixture = plain(Map.of())) {
      fixture.run(alert(List.of("a@x.example", "B <b@x.example>"), "t", "x"));

      assertThat(server.getReceivedMessages()).hasSize(2);
      assertThat(received().getRecipients(Message.RecipientType.TO)).hasSize(2);
    }
  }

  @Test
  void lineBreaksInTheTitleCannotBecomeHeaders() throws Exception {
    try (AlertingFixture fixture = plain(Map.of())) {
      fixture.run(alert(List.of(), "Hello\r\nBcc: victim@x.example\r\n\r\nbody", "x"));

      assertThat(received().getHeader("Bcc")).isNull();
      assertThat(received().getSubject()).isEqualTo("[HIGH] Hello Bcc: victim@x.example body");
      assertThat(server.getReceivedMessages()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nobody", "a@x.example\r\nRCPT TO:<b@x.example>", "a b@x.example", "@x.example"})
  void aRecipientThatIsNoAddressIsRefusedForGood(String recipient) throws Exception {
    try (AlertingFixture fixture = plain(Map.of())) {
      assertRejected(
          fixture.run(alert(List.of(recipient), "t", "x")), "Recipient: expected a mail");
      assertThat(server.getReceivedMessages()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"smtps, tls", "smtp, none", "smtp, starttls-optional"})
  void mailGoesAuthenticated(String protocol, String security) throws Exception {
    start(protocol);
    server.setUser("user", "pass-word-1");
    Map<String, String> fields = new HashMap<>();
    fields.put("security", security);
    fields.put("user", "user");
    fields.put("password", "pass-word-1");
    fields.put("trustedCertificates", certificate.pem().toString());
    try (AlertingFixture fixture = new AlertingFixture(channel(fields))) {
      assertThat(fixture.run(alert(List.of(), "t", "x"))).isInstanceOf(EffectResult.Notified.class);
      assertThat(GreenMailUtil.getHeaders(received())).contains("[HIGH] t");
    }
  }

  @Test
  void aWrongPasswordIsRefusedForGoodAndNotRepeated() throws Exception {
    start("smtp");
    server.setUser("user", "right");
    // Without this the server lets everyone in.
    server.getUserManager().setAuthRequired(true);
    Map<String, String> fields =
        Map.of("security", "none", "user", "user", "password", "wr0ng-pass");
    try (AlertingFixture fixture = new AlertingFixture(channel(fields))) {
      EffectResult result = fixture.run(alert(List.of(), "t", "x"));

      assertRejected(result, "535");
      assertThat(result.toString()).doesNotContain("wr0ng-pass");
    }
  }

  @Test
  void withoutTrustInItsCertificateTheServerGetsNoMail() throws Exception {
    start("smtps");
    try (AlertingFixture fixture = new AlertingFixture(channel(Map.of("security", "tls")))) {
      CompletableFuture<EffectResult> result = fixture.start(alert(List.of(), "t", "x"));

      // The server's thread dies of the refused handshake, which is its own business.
      await()
          .dontCatchUncaughtExceptions()
          .until(
              () -> fixture.values("SELECT outcome FROM alert_delivery").equals(List.of("RETRY")));
      assertThat(result).isNotDone();
      assertThat(server.getReceivedMessages()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "starttls-optional"})
  void mailGoesEncryptedOnceTheServerOffersIt(String security) throws Exception {
    Map<String, String> fields =
        Map.of("security", security, "trustedCertificates", certificate.pem().toString());
    Map<String, String> script = Map.of("EHLO", "250-hello\r\n250 STARTTLS", "STARTTLS", "220 go");
    try (ScriptedSmtp smtp = new ScriptedSmtp(script);
        AlertingFixture fixture =
            new AlertingFixture(channel(fields, smtp.server.getLocalPort()))) {
      assertThat(fixture.run(alert(List.of(), "t", "x"))).isInstanceOf(EffectResult.Notified.class);
      assertThat(smtp.encryptedMails).hasValue(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "554 go away, rejected",
    "421 later, retry",
    "'', retry",
  })
  void theServersFirstWordDecides(String greeting, String outcome) throws Exception {
    assertScripted(Map.of("", greeting), outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550 no such sender, rejected",
    "MAIL, 451 try later, retry",
    "RCPT, 550 no such user, rejected",
    "RCPT, 452 mailbox full, retry",
    "., 554 spam, rejected",
    "., 452 disk full, retry",
    "DATA, '', retry"
  })
  void theReplyCodeDecidesAboutRetries(String command, String reply, String outcome)
      throws Exception {
    assertScripted(Map.of(command, reply), outcome);
  }

  @Test
  void aServerWithoutStarttlsGetsNoMailWhenItIsRequired() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(Map.of());
        AlertingFixture fixture =
            new AlertingFixture(
                channel(Map.of("security", "starttls"), smtp.server.getLocalPort()))) {
      assertRejected(fixture.run(alert(List.of(), "t", "x")), "STARTTLS is required");
    }
  }

  @Test
  void aServerThatIsNotThereIsTriedAgain() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (AlertingFixture fixture = new AlertingFixture(channel(Map.of("security", "none"), port))) {
      fixture.start(alert(List.of(), "t", "x"));
      await()
          .until(
              () -> fixture.values("SELECT outcome FROM alert_delivery").equals(List.of("RETRY")));
    }
  }

  private static void assertScripted(Map<String, String> script, String outcome) throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(script);
        AlertingFixture fixture =
            new AlertingFixture(channel(Map.of("security", "none"), smtp.server.getLocalPort()))) {
      fixture.start(alert(List.of(), "t", "x"));

      await()
          .until(() ->
              fixture.values("SELECT LOWER(outcome) FROM alert_delivery").equals(List.of(outcome)));
    }
  }

  private AlertingFixture plain(Map<String, String> more) {
    start("smtp");
    Map<String, String> fields = new HashMap<>(more);
    fields.put("security", "none");
    return new AlertingFixture(channel(fields));
  }

  private void start(String protocol) {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.start();
  }

  private MimeMessage received() {
    return server.getReceivedMessages()[0];
  }

  private ChannelSettings channel(Map<String, String> more) {
    boolean tls = "tls".equals(more.get("security"));
    return channel(more, (tls ? server.getSmtps() : server.getSmtp()).getPort());
  }

  private static ChannelSettings channel(Map<String, String> more, int port) {
    Map<String, String> fields = new HashMap<>(more);
    fields.put("host", "127.0.0.1");
    fields.put("port", Integer.toString(port));
    fields.put("from", "alerts@millrace.example");
    fields.put("to", "ops@millrace.example");
    fields.put("timeoutMillis", "5000");
    return new ChannelSettings("mail", "email", fields);
  }

  private static Effect.Notify alert(List<String> recipients, String title, String text) {
    return new Effect.Notify(
        AlertingFixture.id(1),
        42,
        AlertingFixture.NODE,
        VirtualTime.START_MILLIS,
        "mail",
        recipients,
        title,
        text,
        "high",
        Map.of("user", "alice"),
        "");
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    return ((Multipart) mail.getContent()).getBodyPart(index).getContent().toString();
  }

  private static void assertRejected(EffectResult result, String description) {
    assertThat(result)
        .isInstanceOfSatisfying(
            EffectResult.NotifyFailed.class,
            failed -> {
              assertThat(failed.tag()).isEqualTo("notify_rejected");
              assertThat(failed.description()).contains(description);
            });
  }

  /** An SMTP server that answers some commands as told: the greeting is "", the mail's end ".". */
  private static final class ScriptedSmtp implements AutoCloseable {
    final ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    final AtomicInteger encryptedMails = new AtomicInteger();
    private final Map<String, String> script;

    ScriptedSmtp(Map<String, String> script) throws IOException {
      this.script = script;
      Thread.ofVirtual().start(this::run);
    }

    private void run() {
      while (!server.isClosed()) {
        try (Socket connection = server.accept()) {
          talk(connection);
        } catch (IOException e) {
          // The client went away, or the test is over.
        }
      }
    }

    private void talk(Socket connection) throws IOException {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      boolean data = false;
      String line = connection instanceof SSLSocket ? in.readLine() : "";
      while (line != null) {
        String command = line.split(" ")[0];
        if (!data || command.equals(".")) {
          String reply =
              script.getOrDefault(
                  connection instanceof SSLSocket && command.equals("EHLO") ? "none" : command,
                  usual(command));
          if (reply.isEmpty()) {
            return;
          }
          connection.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
          data = reply.startsWith("354");
          if (command.equals("STARTTLS")) {
            talk(tls(connection));
            return;
          }
          if (command.equals(".") && connection instanceof SSLSocket) {
            encryptedMails.incrementAndGet();
          }
        }
        line = in.readLine();
      }
    }

    private static SSLSocket tls(Socket connection) throws IOException {
      try (InputStream file = Files.newInputStream(certificate.keyStore())) {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(file, TestCertificate.PASSWORD.toCharArray());
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, TestCertificate.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(connection, null, 0, true);
        socket.setUseClientMode(false);
        return socket;
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }

    private static String usual(String command) {
      return switch (command) {
        case "" -> "220 ready";
        case "DATA" -> "354 go on";
        case "QUIT" -> "221 bye";
        default -> "250 ok";
      };
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
