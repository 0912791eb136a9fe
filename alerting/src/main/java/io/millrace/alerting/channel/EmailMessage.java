package io.millrace.alerting.channel;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.AlertView;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/**
 * An alert as mail, in text and simple HTML. Its Message-ID comes from the effect, so a mail that
 * is sent twice is recognised as one by mail systems that look.
 */
final class EmailMessage {
  private EmailMessage() {}

  @SuppressWarnings("JavaUtilDate") // what the mail library takes
  static MimeMessage of(
      Session session, EmailChannel channel, List<InternetAddress> to, OutgoingAlert outgoing)
      throws MessagingException {
    String id = messageId(channel, outgoing);
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(channel.from());
    message.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
    String severity = outgoing.alert().severity().name();
    message.setSubject(oneLine("[" + severity + "] " + outgoing.headline()), "UTF-8");
    message.setSentDate(new Date(outgoing.alert().timeMillis()));
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(text(outgoing), "UTF-8", "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(outgoing), "UTF-8", "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
  }

  static String messageId(EmailChannel channel, OutgoingAlert outgoing) {
    String from = channel.from().getAddress();
    String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    return "<" + outgoing.alert().effectId().replaceAll("[^A-Za-z0-9.-]", "") + "@" + domain + ">";
  }

  /** A header's value: line breaks would begin another header. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String text(OutgoingAlert outgoing) {
    Alert alert = outgoing.alert();
    StringBuilder text = new StringBuilder();
    text.append(outgoing.headline()).append("\n\n").append(alert.text()).append("\n\n");
    alert
        .fields()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append('\n').append(footer(outgoing)).append('\n').toString();
  }

  private static String html(OutgoingAlert outgoing) {
    Alert alert = outgoing.alert();
    StringBuilder html =
        new StringBuilder("<!DOCTYPE html><html><body style=\"font-family:sans-serif\">")
            .append("<h2 style=\"border-left:6px solid ")
            .append(SlackMessage.color(alert.severity()))
            .append(";padding-left:8px\">")
            .append(escaped(outgoing.headline()))
            .append("</h2><p style=\"white-space:pre-wrap\">")
            .append(escaped(alert.text()))
            .append("</p><table>");
    alert
        .fields()
        .forEach((name, value) ->
            html.append("<tr><th align=\"left\">")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(value))
                .append("</td></tr>"));
    return html.append("</table><p><small>")
        .append(escaped(footer(outgoing)))
        .append("</small></p></body></html>")
        .toString();
  }

  private static String footer(OutgoingAlert outgoing) {
    AlertView group = outgoing.group();
    String times =
        group.count() > 1
            ? group.count() + " times from " + time(group.firstMillis()) + " to "
            : "";
    return "Severity "
        + outgoing.alert().severity().text()
        + ", "
        + times
        + time(group.lastMillis())
        + ", process "
        + group.processId()
        + ", task "
        + outgoing.alert().taskId();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
