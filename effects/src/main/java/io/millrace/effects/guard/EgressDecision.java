package io.millrace.effects.guard;

import java.net.InetAddress;
import java.util.List;

/** What the guard says about one destination, at one time. */
public sealed interface EgressDecision {
  /**
   * The connection may be made, to one of these addresses and to no other.
   *
   * @param addresses checked, not empty, in the order in which to try them
   */
  record Allowed(List<InetAddress> addresses) implements EgressDecision {
    public Allowed {
      addresses = List.copyOf(addresses);
    }
  }

  /** The guard forbids it; the message names the address, the rule and the setting. */
  record Blocked(String message) implements EgressDecision {}

  /** The name has no address. */
  record Unresolved(String message) implements EgressDecision {}
}
