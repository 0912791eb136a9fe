package io.millrace.alerting.channel;

import io.millrace.alerting.channel.EmailChannel.Security;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends mail over SMTP, one connection a message; the server's reply code decides about retries.
 */
final class EmailSender implements ChannelSender {
  private static final Pattern GREETING = Pattern.compile("response: (\\d{3})");

  private final EmailChannel channel;
  private final Redactor redactor;
  private final Session session;

  EmailSender(EmailChannel channel, Redactor redactor) {
    this.channel = channel;
    this.redactor = redactor;
    this.session = Session.getInstance(properties(channel));
  }

  @Override
  public void send(OutgoingAlert alert, Consumer<SendOutcome> done) {
    done.accept(attempt(alert));
  }

  private SendOutcome attempt(OutgoingAlert alert) {
    List<InternetAddress> to = new ArrayList<>();
    for (String recipient : alert.alert().recipients()) {
      InternetAddress address = EmailChannel.parseAddress(recipient);
      if (address == null) {
        return new SendOutcome.Rejected(
            redactor.clean("Recipient: expected a mail address, but got '" + recipient + "'"));
      }
      to.add(address);
    }
    if (to.isEmpty()) {
      to.addAll(channel.to());
    }
    if (to.isEmpty()) {
      return new SendOutcome.Rejected(
          "No recipient: the alert names none and channel '" + channel.name() + "' has no 'to'");
    }
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage message = EmailMessage.of(session, channel, to, alert);
      Secret password = channel.password();
      transport.connect(
          channel.host(),
          channel.port(),
          channel.user(),
          password == null ? null : password.reveal());
      transport.sendMessage(message, message.getAllRecipients());
      return new SendOutcome.Sent(message.getMessageID(), "");
    } catch (MessagingException e) {
      return failed(e);
    } catch (RuntimeException e) {
      return new SendOutcome.Later(redactor.clean("Sending failed: " + e), null);
    }
  }

  private SendOutcome failed(MessagingException failure) {
    String error = redactor.clean(describe(failure));
    if (failure instanceof SendFailedException partly
        && count(partly.getValidSentAddresses()) > 0) {
      // Those who got it would get it again; the others' addresses are in the log.
      return new SendOutcome.Sent("", error);
    }
    if (failure instanceof AuthenticationFailedException) {
      return startsWithCode4(failure)
          ? new SendOutcome.Later(error, null)
          : new SendOutcome.Rejected(error);
    }
    int code = Math.max(replyCode(failure), greetingCode(failure));
    boolean tlsMissing = String.valueOf(failure.getMessage()).contains("STARTTLS is required");
    return code >= 500 || tlsMissing
        ? new SendOutcome.Rejected(error)
        : new SendOutcome.Later(error, null);
  }

  /** The worst reply code of a chain of SMTP failures; 0 when the server did not get to speak. */
  private static int replyCode(MessagingException failure) {
    int code = 0;
    for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
      code =
          Math.max(
              code,
              switch (e) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
              });
    }
    return code;
  }

  /** A server that turns the client away at once; the library tells the code in words only. */
  private static int greetingCode(MessagingException failure) {
    Matcher code = GREETING.matcher(String.valueOf(failure.getMessage()));
    return code.find() ? Integer.parseInt(code.group(1)) : 0;
  }

  private static boolean startsWithCode4(MessagingException failure) {
    String message = failure.getMessage();
    return message != null && message.startsWith("4");
  }

  private static String describe(MessagingException failure) {
    StringBuilder text = new StringBuilder();
    for (Exception e = failure; e != null && text.length() < 400; ) {
      text.append(text.isEmpty() ? "" : "; ").append(String.valueOf(e.getMessage()).strip());
      e = e instanceof MessagingException next ? next.getNextException() : null;
    }
    return text.toString();
  }

  private static int count(Address @Nullable [] addresses) {
    return addresses == null ? 0 : addresses.length;
  }

  private static Properties properties(EmailChannel channel) {
    Properties properties = new Properties();
    String timeout = Integer.toString(channel.timeoutMillis());
    properties.setProperty("mail.smtp.connectiontimeout", timeout);
    properties.setProperty("mail.smtp.timeout", timeout);
    properties.setProperty("mail.smtp.writetimeout", timeout);
    properties.setProperty("mail.smtp.auth", Boolean.toString(channel.user() != null));
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    Security security = channel.security();
    boolean starttls = security == Security.STARTTLS || security == Security.STARTTLS_OPTIONAL;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
    properties.setProperty(
        "mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
    String trusted = channel.trustedCertificates();
    if (trusted != null) {
      SSLSocketFactory factory = TrustedCertificates.socketFactory(channel.name(), trusted);
      properties.put("mail.smtp.ssl.socketFactory", factory);
    }
    return properties;
  }
}
