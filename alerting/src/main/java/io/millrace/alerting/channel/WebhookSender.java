package io.millrace.alerting.channel;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.AlertJson;
import io.millrace.alerting.alert.AlertView;
import io.millrace.engine.command.Effect.Header;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts an alert as JSON with a signature over time and body, so that the receiver can tell it from
 * a forged or replayed one.
 */
final class WebhookSender implements ChannelSender {
  private final WebhookChannel channel;
  private final HttpDelivery http;
  private final InstantSource clock;

  WebhookSender(WebhookChannel channel, HttpDelivery http, InstantSource clock) {
    this.channel = channel;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public void send(OutgoingAlert alert, Consumer<SendOutcome> done) {
    String body = body(alert).toString();
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    List<Header> headers =
        List.of(
            new Header("X-Millrace-Timestamp", timestamp),
            new Header("X-Millrace-Signature", signature(channel.secret(), timestamp, body)),
            new Header("Idempotency-Key", alert.alert().effectId()));
    http.post(channel.url(), headers, body.getBytes(StandardCharsets.UTF_8), done);
  }

  static String signature(Secret secret, String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = (timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1=" + HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  private static ObjectNode body(OutgoingAlert outgoing) {
    Alert alert = outgoing.alert();
    AlertView group = outgoing.group();
    ObjectNode json = AlertJson.MAPPER.createObjectNode();
    json.put("id", alert.effectId());
    json.put("reason", outgoing.reason());
    json.put("alertId", Long.toString(group.id()));
    json.put("dedupKey", alert.dedupKey());
    json.put("title", alert.title());
    json.put("text", alert.text());
    json.put("severity", alert.severity().text());
    json.set("fields", AlertJson.fields(alert.fields()));
    json.set("recipients", AlertJson.MAPPER.valueToTree(alert.recipients()));
    json.put("timeMillis", alert.timeMillis());
    json.put("count", group.count());
    json.put("groupSeverity", group.severity().text());
    json.put("firstMillis", group.firstMillis());
    json.put("lastMillis", group.lastMillis());
    json.put("processId", alert.processId());
    json.put("nodeId", alert.nodeId());
    json.put("taskId", alert.taskId());
    return json;
  }
}
