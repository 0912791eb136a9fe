package io.millrace.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.json.Json;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.TestScope;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that would run for years or exhaust the stack: they end, and do not match. */
class HostilePatternTest {
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(a+)+$",
        "^(a|aa)+$",
        "^(a|a?)+$",
        "(.*a){25}$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(x+x+)+y",
        "^(?:a?){60}a{60}$b",
        "(a*)*\\1b"
      })
  void aHostilePatternEndsWithoutAMatch(String pattern) {
    TestScope scope = TestScope.of(Json.object().put("t", "a".repeat(50) + "x".repeat(50) + "!"));
    Condition condition = Condition.compile("t", Operator.REGEXP, pattern, ValueType.STRING);

    assertThat(Assertions.assertTimeoutPreemptively(AT_MOST, () -> condition.test(scope)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(a|b)*$!", "^(?:a|b|ab)*c$", "(a|b)*?$!"})
  void aPatternThatRecursesOverALongTextEndsWithoutAMatch(String pattern) {
    TestScope scope = TestScope.of(Json.object().put("t", "ab".repeat(500_000)));
    Condition condition = Condition.compile("t", Operator.REGEXP, pattern, ValueType.STRING);

    assertThat(Assertions.assertTimeoutPreemptively(AT_MOST, () -> condition.test(scope)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "a{2,1}", "\\", "*a", "(?<n>a)(?<n>b)", "[z-a]", "(?P<", "[[:"})
  void anInvalidPatternDoesNotMatch(String pattern) {
    assertThat(BoundedPattern.compile(pattern)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {4_097, 1_000_000})
  void aPatternThatIsTooLongDoesNotMatch(int chars) {
    assertThat(BoundedPattern.compile("a".repeat(chars))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000})
  void aDeeplyNestedPatternIsCompiledOrRefused(int depth) {
    BoundedPattern pattern = BoundedPattern.compile("(".repeat(depth) + "a" + ")".repeat(depth));

    assertThat(pattern == null || pattern.find("a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000})
  void aPlainSearchOfALongTextIsNotCutShort(int chars) {
    BoundedPattern pattern = BoundedPattern.compile("needle");

    assertThat(pattern).isNotNull();
    assertThat(pattern.find("hay ".repeat(chars / 4) + "needle")).isTrue();
  }
}
