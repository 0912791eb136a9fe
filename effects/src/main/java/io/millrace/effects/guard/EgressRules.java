package io.millrace.effects.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the configuration allows beyond the public internet. Immutable; wrong entries are refused
 * when the configuration is read.
 */
public final class EgressRules {
  /** The setting that holds the entries; error messages point to it. */
  public static final String SETTING = "egress.allow";

  private final boolean enabled;
  private final List<AddressRange> ranges;
  private final Set<String> destinations;

  private EgressRules(boolean enabled, List<AddressRange> ranges, Set<String> destinations) {
    this.enabled = enabled;
    this.ranges = List.copyOf(ranges);
    this.destinations = Set.copyOf(destinations);
  }

  /** Public addresses only. */
  public static EgressRules publicOnly() {
    return allowing(List.of());
  }

  /** No guard at all: every address may be reached. */
  public static EgressRules off() {
    return new EgressRules(false, List.of(), Set.of());
  }

  /**
   * Public addresses, and these.
   *
   * @param entries each a block of addresses ({@code 10.1.0.0/16}, {@code 10.1.2.3}, {@code
   *     fd12::/48}) or a destination ({@code relay.example.internal:8025}, {@code [::1]:8025})
   * @throws IllegalArgumentException for an entry that is neither
   */
  public static EgressRules allowing(List<String> entries) {
    List<AddressRange> ranges = new ArrayList<>();
    Set<String> destinations = new HashSet<>();
    for (String entry : entries) {
      String text = entry.strip();
      AddressRange range = AddressRange.parse(text);
      if (range != null) {
        ranges.add(range);
      } else {
        destinations.add(destination(text));
      }
    }
    return new EgressRules(true, ranges, destinations);
  }

  boolean enabled() {
    return enabled;
  }

  boolean allows(String host, int port) {
    return destinations.contains(host + ":" + port);
  }

  boolean allows(byte[] address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static String destination(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    HostName host = colon < 1 ? null : HostName.parse(text.substring(0, colon));
    boolean portValid =
        port.matches("\\d{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65535;
    if (host == null || !portValid) {
      throw new IllegalArgumentException(
          "Setting "
              + SETTING
              + ": expected an address block such as 10.1.0.0/16 or a destination such as"
              + " relay.example.internal:8025, but got '"
              + text
              + "'. Correct or remove the entry.");
    }
    return (host.text() + ":" + Integer.parseInt(port)).toLowerCase(Locale.ROOT);
  }
}
