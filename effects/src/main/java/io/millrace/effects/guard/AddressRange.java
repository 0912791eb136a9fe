package io.millrace.effects.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses, {@code address/prefix}. IPv4 and IPv6 blocks never contain each other.
 */
public final class AddressRange {
  private final byte[] network;
  private final int prefixBits;
  private final String text;

  private AddressRange(byte[] network, int prefixBits, String text) {
    this.network = network;
    this.prefixBits = prefixBits;
    this.text = text;
  }

  /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address; null when it is neither. */
  public static @Nullable AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int bits = address.length * 8;
    if (slash >= 0) {
      String prefix = text.substring(slash + 1);
      if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
        return null;
      }
      bits = Integer.parseInt(prefix);
    }
    return new AddressRange(address, bits, text);
  }

  static AddressRange of(String text) {
    return Objects.requireNonNull(parse(text), text);
  }

  /** {@code ::ffff:0:0/96}; the JDK turns that text into an IPv4 address, so it is not parsed. */
  static AddressRange ofIpv4Mapped() {
    byte[] network = new byte[16];
    network[10] = (byte) 0xff;
    network[11] = (byte) 0xff;
    return new AddressRange(network, 96, "::ffff:0:0/96");
  }

  /**
   * The bytes of an address in its usual spelling, or null. Never asks a name server: what is not
   * shaped like an address does not reach the resolver.
   */
  static byte @Nullable [] literal(String text) {
    boolean four = text.matches("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    boolean six = text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]+");
    if (!four && !six) {
      return null;
    }
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return six || bytes.length == 4 ? bytes : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Whether the address, 4 or 16 bytes, lies in this block. */
  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefixBits / 8;
    if (Arrays.mismatch(network, 0, whole, address, 0, whole) >= 0) {
      return false;
    }
    int rest = prefixBits % 8;
    int mask = 0xff << (8 - rest) & 0xff;
    return rest == 0 || (network[whole] & mask) == (address[whole] & mask);
  }

  @Override
  public String toString() {
    return text;
  }
}
