package io.millrace.effects.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Turns a host name into addresses. A port of its own so that tests can answer differently each
 * time.
 */
@FunctionalInterface
public interface NameResolver {
  /** All addresses of a name, in the order in which they should be tried. Blocking. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** The operating system's resolver, with the JDK's cache. */
  static NameResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
