package io.millrace.effects.guard;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that are not the public internet: IANA's special-purpose registries (RFC 6890 and
 * its successors) and the metadata services of the clouds. IPv6 forms that carry an IPv4 address
 * are judged by the address inside.
 */
final class ForbiddenAddresses {
  /** Why an address is refused. */
  record Rule(AddressRange range, String name) {
    @Override
    public String toString() {
      return name + " (" + range + ")";
    }
  }

  // Narrow blocks first: the first match gives the reason.
  private static final List<Rule> RULES =
      List.of(
          rule("169.254.169.254/32", "a cloud metadata service"),
          rule("169.254.170.2/32", "a container credentials service"),
          rule("100.100.100.200/32", "a cloud metadata service"),
          rule("192.0.0.192/32", "a cloud metadata service"),
          rule("168.63.129.16/32", "a cloud platform service"),
          rule("fd00:ec2::254/128", "a cloud metadata service"),
          rule("0.0.0.0/8", "an any-local address"),
          rule("10.0.0.0/8", "a private address"),
          rule("100.64.0.0/10", "a carrier-grade NAT address"),
          rule("127.0.0.0/8", "a loopback address"),
          rule("169.254.0.0/16", "a link-local address"),
          rule("172.16.0.0/12", "a private address"),
          rule("192.0.0.0/24", "a protocol assignment"),
          rule("192.0.2.0/24", "a documentation address"),
          rule("192.88.99.0/24", "a 6to4 relay"),
          rule("192.168.0.0/16", "a private address"),
          rule("198.18.0.0/15", "a benchmarking address"),
          rule("198.51.100.0/24", "a documentation address"),
          rule("203.0.113.0/24", "a documentation address"),
          rule("224.0.0.0/4", "a multicast address"),
          rule("240.0.0.0/4", "a reserved or broadcast address"),
          rule("::/128", "an any-local address"),
          rule("::1/128", "a loopback address"),
          rule("64:ff9b:1::/48", "a local NAT64 address"),
          rule("100::/64", "a discard address"),
          rule("2001::/32", "a Teredo tunnel"),
          rule("2001:db8::/32", "a documentation address"),
          rule("3fff::/20", "a documentation address"),
          rule("5f00::/16", "a segment routing address"),
          rule("fc00::/7", "a unique local address"),
          rule("fe80::/10", "a link-local address"),
          rule("fec0::/10", "a site-local address"),
          rule("ff00::/8", "a multicast address"));

  private static final AddressRange MAPPED = AddressRange.ofIpv4Mapped();
  private static final AddressRange COMPATIBLE = AddressRange.of("::/96");
  private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16");

  private ForbiddenAddresses() {}

  /** The rule that forbids this address, or null when it is public. */
  static @Nullable Rule find(byte[] address) {
    for (Rule rule : RULES) {
      if (rule.range.contains(address)) {
        return rule;
      }
    }
    byte[] inner = embedded(address);
    return inner == null ? null : find(inner);
  }

  /** The IPv4 address that an IPv6 address carries, or null. */
  static byte @Nullable [] embedded(byte[] address) {
    if (address.length != 16) {
      return null;
    }
    if (MAPPED.contains(address) || COMPATIBLE.contains(address) || NAT64.contains(address)) {
      return Arrays.copyOfRange(address, 12, 16);
    }
    return SIX_TO_FOUR.contains(address) ? Arrays.copyOfRange(address, 2, 6) : null;
  }

  private static Rule rule(String range, String name) {
    return new Rule(AddressRange.of(range), name);
  }
}
