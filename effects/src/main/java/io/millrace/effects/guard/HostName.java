package io.millrace.effects.guard;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host part of a URL in one canonical spelling: lower-case ASCII, without a trailing dot, IPv6
 * without brackets. Numeric hosts in any but the usual spelling are refused, because programs
 * disagree about what {@code 0177.0.0.1}, {@code 0x7f.1} or {@code 2130706433} mean.
 *
 * @param text the canonical host
 * @param address when it is an address and not a name, else null
 */
public record HostName(String text, @Nullable InetAddress address) {
  private static final int LENGTH_MAX = 253;

  /** Reads a host, IPv6 in brackets; null when it is not one. */
  public static @Nullable HostName parse(String host) {
    if (host.startsWith("[")) {
      return bracketed(host);
    }
    String ascii = ascii(host);
    if (ascii == null
        || !ascii.matches(
            "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")) {
      return null;
    }
    InetAddress address = literal(ascii);
    return address == null && isNumeric(ascii) ? null : new HostName(ascii, address);
  }

  private static @Nullable HostName bracketed(String host) {
    if (!host.endsWith("]")) {
      return null;
    }
    String inner = host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT);
    InetAddress address = inner.indexOf(':') < 0 ? null : literal(inner);
    return address == null ? null : new HostName(inner, address);
  }

  private static @Nullable String ascii(String host) {
    if (host.isEmpty() || host.length() > LENGTH_MAX) {
      return null;
    }
    try {
      String text = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable InetAddress literal(String text) {
    byte[] bytes = AddressRange.literal(text);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has 4 or 16 bytes", e);
    }
  }

  /** A name whose last label is a number is an address in an odd spelling (WHATWG URL §3.5). */
  private static boolean isNumeric(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return last.matches("\\d+|0x[0-9a-f]*");
  }

  /** As it stands in a URL or a Host header. */
  public String inUrl() {
    return text.indexOf(':') >= 0 ? "[" + text + "]" : text;
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostName that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
