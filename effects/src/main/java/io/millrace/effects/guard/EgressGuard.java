package io.millrace.effects.guard;

import io.millrace.effects.guard.ForbiddenAddresses.Rule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which destinations the installation's own requests may reach. It resolves the name
 * itself, checks every address, and hands out the checked addresses; whoever connects to these and
 * does not resolve again cannot be led elsewhere by a second DNS answer.
 */
public final class EgressGuard {
  private final EgressRules rules;
  private final NameResolver resolver;

  public EgressGuard(EgressRules rules, NameResolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
  }

  /** Resolves and checks. Blocking, unless the host is an address. */
  public EgressDecision check(HostName host, int port) {
    List<InetAddress> addresses;
    try {
      InetAddress literal = host.address();
      addresses = literal == null ? resolver.resolve(host.text()) : List.of(literal);
    } catch (UnknownHostException e) {
      return new EgressDecision.Unresolved("The host '" + host + "' has no address");
    }
    if (addresses.isEmpty()) {
      return new EgressDecision.Unresolved("The host '" + host + "' has no address");
    }
    if (rules.enabled() && !rules.allows(host.text(), port)) {
      for (InetAddress address : addresses) {
        Rule rule = forbiddenBy(address.getAddress());
        if (rule != null) {
          return new EgressDecision.Blocked(refusal(host, port, address, rule));
        }
      }
    }
    return new EgressDecision.Allowed(addresses);
  }

  private @Nullable Rule forbiddenBy(byte[] address) {
    Rule rule = ForbiddenAddresses.find(address);
    return rule == null || rules.allows(address) ? null : rule;
  }

  private static String refusal(HostName host, int port, InetAddress address, Rule rule) {
    return "Refused to connect to "
        + host.inUrl()
        + ":"
        + port
        + ": its address "
        + address.getHostAddress()
        + " is "
        + rule
        + ". To allow it, add '"
        + address.getHostAddress()
        + "' or '"
        + host.inUrl()
        + ":"
        + port
        + "' to the setting "
        + EgressRules.SETTING;
  }
}
