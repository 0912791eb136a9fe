package io.millrace.alerting.channel;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mail through an SMTP server.
 *
 * @param user for authentication, or null for none
 * @param from the sender's address
 * @param to who gets alerts that name no recipients
 * @param trustedCertificates a PEM file to trust instead of the JDK's certificates, or null
 */
public record EmailChannel(
    String name,
    String host,
    int port,
    Security security,
    @Nullable String user,
    @Nullable Secret password,
    InternetAddress from,
    List<InternetAddress> to,
    @Nullable String trustedCertificates,
    int timeoutMillis,
    ChannelLimits limits)
    implements Channel {
  static final String TYPE = "email";
  private static final int RATE_PER_MINUTE = 120;

  /** How the connection is protected. */
  public enum Security {
    /** Plain text, for a relay on the same machine. */
    NONE,
    /** STARTTLS when the server offers it. */
    STARTTLS_OPTIONAL,
    /** STARTTLS, or no mail. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS
  }

  public EmailChannel {
    to = List.copyOf(to);
  }

  static EmailChannel read(ChannelSettings settings) {
    ChannelFields fields =
        new ChannelFields(
            settings,
            Set.of(
                "host",
                "port",
                "security",
                "user",
                "password",
                "from",
                "to",
                "trustedCertificates",
                "timeoutMillis",
                "concurrency",
                "ratePerMinute"));
    Security security = fields.oneOf("security", Security.class, Security.STARTTLS);
    String user = fields.text("user");
    Secret password = fields.secret("password");
    if ((user == null) != (password == null)) {
      throw fields.wrong(
          user == null ? "user" : "password",
          "expected user and password together. Set both or none.");
    }
    List<InternetAddress> to = new ArrayList<>();
    for (String address : fields.list("to")) {
      to.add(address(fields, "to", address));
    }
    return new EmailChannel(
        settings.name(),
        fields.required("host", "the SMTP server's name"),
        fields.number("port", security == Security.TLS ? 465 : 587, 1, 65_535),
        security,
        user,
        password,
        address(fields, "from", fields.required("from", "the sender's mail address")),
        to,
        fields.text("trustedCertificates"),
        fields.number("timeoutMillis", 30_000, 100, 300_000),
        fields.limits(RATE_PER_MINUTE));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<Secret> secrets() {
    return password == null ? List.of() : List.of(password);
  }

  /** Reads one address strictly; null when it is not one. Line breaks never pass. */
  static @Nullable InternetAddress parseAddress(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return null;
    }
    try {
      InternetAddress[] parsed = InternetAddress.parse(text, true);
      if (parsed.length != 1 || parsed[0].isGroup()) {
        return null;
      }
      parsed[0].validate();
      return parsed[0].getAddress().indexOf('@') > 0 ? parsed[0] : null;
    } catch (AddressException e) {
      return null;
    }
  }

  private static InternetAddress address(ChannelFields fields, String field, String text) {
    InternetAddress address = parseAddress(text);
    if (address == null) {
      throw fields.wrong(
          field,
          "expected a mail address such as ops@example.com, but got '" + text + "'. Correct it.");
    }
    return address;
  }
}
