package io.millrace.effects.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {
  private static final NameResolver NO_NAMES =
      host -> {
        throw new UnknownHostException(host);
      };

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, a loopback address",
    "127.255.255.254, a loopback address",
    "0.0.0.0, an any-local address",
    "10.1.2.3, a private address",
    "172.16.0.1, a private address",
    "172.31.255.255, a private address",
    "192.168.1.1, a private address",
    "100.64.0.1, a carrier-grade NAT address",
    "169.254.1.1, a link-local address",
    "169.254.169.254, a cloud metadata service",
    "100.100.100.200, a cloud metadata service",
    "224.0.0.1, a multicast address",
    "255.255.255.255, a reserved or broadcast address",
    "[::1], a loopback address",
    "[::], an any-local address",
    "[fe80::1], a link-local address",
    "[fd00:ec2::254], a cloud metadata service",
    "[fd12:3456::1], a unique local address",
    "[ff02::1], a multicast address",
    "[::ffff:127.0.0.1], a loopback address",
    "[::ffff:a9fe:a9fe], a cloud metadata service",
    "[::127.0.0.1], a loopback address",
    "[64:ff9b::10.0.0.1], a private address",
    "[64:ff9b::a9fe:a9fe], a cloud metadata service",
    "[64:ff9b:1::1], a local NAT64 address",
    "[2002:7f00:1::], a loopback address",
    "[2002:a9fe:a9fe::1], a cloud metadata service",
    "[2001:0:1234::1], a Teredo tunnel",
  })
  void anAddressThatIsNotPublicIsRefusedWithItsRule(String host, String rule) {
    EgressDecision decision = check(EgressRules.publicOnly(), NO_NAMES, host, 80);

    assertThat(decision)
        .isInstanceOfSatisfying(
            EgressDecision.Blocked.class,
            blocked -> assertThat(blocked.message()).contains(rule).contains("egress.allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "172.15.255.255",
        "172.32.0.1",
        "100.128.0.1",
        "[2606:4700::1111]",
        "[64:ff9b::1.1.1.1]",
        "[2002:101:101::1]"
      })
  void aPublicAddressIsAllowed(String host) {
    assertThat(check(EgressRules.publicOnly(), NO_NAMES, host, 443))
        .isInstanceOf(EgressDecision.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "127.1",
        "127.0.1",
        "0x7f.1",
        "127.0.0.01",
        "256.1.1.1",
        "1.1.1.1.1",
        "[127.0.0.1]",
        "[fe80::1%eth0]",
        "127。1",
        "a..b",
        "",
        "a b",
        "-a.b",
        "a/b"
      })
  void aHostInAnOddSpellingIsNoHost(String host) {
    assertThat(HostName.parse(host)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "EXAMPLE.com., example.com",
    "bücher.example, xn--bcher-kva.example",
    "127。0。0。1, 127.0.0.1",
    "[FD00::1], fd00::1",
    "my_service, my_service"
  })
  void aHostHasOneSpelling(String host, String canonical) {
    assertThat(Objects.requireNonNull(HostName.parse(host)).text()).isEqualTo(canonical);
  }

  @Test
  void oneForbiddenAddressAmongPublicOnesIsEnoughToRefuse() {
    NameResolver both = _ -> List.of(address("1.1.1.1"), address("10.0.0.7"));

    assertThat(check(EgressRules.publicOnly(), both, "mixed.example", 443))
        .isEqualTo(
            new EgressDecision.Blocked(
                "Refused to connect to mixed.example:443: its address 10.0.0.7 is a private address"
                    + " (10.0.0.0/8). To allow it, add '10.0.0.7' or 'mixed.example:443' to the"
                    + " setting egress.allow"));
  }

  @Test
  void anAllowedBlockOpensExactlyItself() {
    EgressRules rules = EgressRules.allowing(List.of("10.1.0.0/16", "127.0.0.2", "fd12::/48"));

    assertThat(check(rules, NO_NAMES, "10.1.9.9", 80)).isInstanceOf(EgressDecision.Allowed.class);
    assertThat(check(rules, NO_NAMES, "127.0.0.2", 80)).isInstanceOf(EgressDecision.Allowed.class);
    assertThat(check(rules, NO_NAMES, "[fd12::7]", 80)).isInstanceOf(EgressDecision.Allowed.class);
    assertThat(check(rules, NO_NAMES, "10.2.0.1", 80)).isInstanceOf(EgressDecision.Blocked.class);
    assertThat(check(rules, NO_NAMES, "127.0.0.1", 80)).isInstanceOf(EgressDecision.Blocked.class);
  }

  @Test
  void anAllowedDestinationIsItsNameWithItsPort() {
    EgressRules rules = EgressRules.allowing(List.of("Relay.Example:8025", "[::1]:9000"));
    NameResolver local = _ -> List.of(address("127.0.0.1"));

    assertThat(check(rules, local, "relay.example", 8025))
        .isInstanceOf(EgressDecision.Allowed.class);
    assertThat(check(rules, local, "relay.example", 22)).isInstanceOf(EgressDecision.Blocked.class);
    assertThat(check(rules, local, "other.example", 8025))
        .isInstanceOf(EgressDecision.Blocked.class);
    assertThat(check(rules, NO_NAMES, "[::1]", 9000)).isInstanceOf(EgressDecision.Allowed.class);
    assertThat(check(rules, NO_NAMES, "[::1]", 9001)).isInstanceOf(EgressDecision.Blocked.class);
  }

  @Test
  void theGuardCanBeSwitchedOff() {
    assertThat(check(EgressRules.off(), NO_NAMES, "127.0.0.1", 80))
        .isInstanceOf(EgressDecision.Allowed.class);
  }

  @Test
  void anUnknownNameIsUnresolved() {
    assertThat(check(EgressRules.publicOnly(), NO_NAMES, "nowhere.example", 80))
        .isEqualTo(new EgressDecision.Unresolved("The host 'nowhere.example' has no address"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/33", "relay", "relay:0", "relay:99999", "http://relay:80"})
  void aWrongEntryOfTheSettingIsNamed(String entry) {
    assertThatThrownBy(() -> EgressRules.allowing(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("egress.allow")
        .hasMessageContaining("'" + entry + "'");
  }

  private static EgressDecision check(
      EgressRules rules, NameResolver resolver, String host, int port) {
    return new EgressGuard(rules, resolver)
        .check(Objects.requireNonNull(HostName.parse(host)), port);
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
