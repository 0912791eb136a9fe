package io.millrace.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.OutsideRead.Kind;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What templates refuse, report and share; what they render stands in the tables. */
class TemplateTest {
  private static final TestScope EMPTY = TestScope.of("{}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{{a | character 1: '{{' has no closing '}}'",
        "Hello {{a | character 7: '{{' has no closing '}}'",
        "{{a}} and {{b | character 11: '{{' has no closing '}}'",
        "Hello a}} | character 8: '}}' closes nothing",
        "{{}} | character 1: there is no name",
        "x {{ }} | character 3: there is no name",
        "{{a..b}} | character 3: Path 'a..b' is not valid: a name is empty",
        "{{a[0}} | character 3: Path 'a[0' is not valid: '[' has no closing ']'",
        "{{a[]}} | character 3: Path 'a[]' is not valid: the index",
        "{{a{b}} | character 4: a name has no '{'",
        "$.math(1+2 | character 7: '(' of $.math has no closing ')'",
        "$.date(%h).tz('Mars/Base') | character 15: 'Mars/Base' is not a time zone"
      })
  void aMalformedTemplateIsRefusedWithItsPlaceAndRemedy(String template, String message) {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.compile(template))
        .withMessageContaining(message);
  }

  @Test
  void nestingIsBounded() {
    String templates = "{{".repeat(100_000) + "a" + "}}".repeat(100_000);
    String functions = "$.md5(".repeat(10_000) + "a" + ")".repeat(10_000);

    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.compile(templates))
        .withMessageContaining("nest at most 32 deep");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.compile(functions))
        .withMessageContaining("nest at most 32 deep");
  }

  @Test
  void lengthOfTheSourceIsBounded() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.compile("a".repeat(TemplateParser.SOURCE_CHARS_MAX + 1)))
        .withMessageContaining("1048576");
  }

  @Test
  void lengthOfTheResultIsBounded() {
    TestScope scope =
        TestScope.of("{\"x\":\"" + "x".repeat(Template.RENDERED_CHARS_MAX / 2) + "\"}");
    Template template = Template.compile("{{x}}{{x}}!");

    assertThatExceptionOfType(ConversionException.class)
        .isThrownBy(() -> template.renderAs(scope, ValueType.STRING, "p"))
        .withMessage("Param: p, Value: {{x}}{{x}}!, Try convert to: string");
  }

  @Test
  void depthAndLengthOfArithmeticAreBounded() {
    TestScope scope =
        TestScope.of(
            "{\"deep\":\"" + "(".repeat(9_000) + "\",\"long\":\"1" + "+1".repeat(9_000) + "\"}");

    for (String name : new String[] {"deep", "long"}) {
      Template template = Template.compile("$.math({{" + name + "}})");
      assertThatExceptionOfType(ConversionException.class).isThrownBy(() -> template.render(scope));
    }
  }

  @Test
  void aFailedFunctionIsDescribedWithItsArguments() {
    Template template = Template.compile("$.math({{n}}/0)");

    assertThatExceptionOfType(ConversionException.class)
        .isThrownBy(() -> template.renderAs(TestScope.of("{\"n\":5}"), ValueType.NUMBER, "sum"))
        .withMessage("Param: sum, Value: $.math(5/0), Try convert to: number");
  }

  @Test
  void whatOverlaysTheDataWins() {
    TestScope scope = TestScope.withAnswer("{\"body\":\"mine\",\"a\":1}");

    assertThat(Template.compile("{{body.id}}").render(scope)).isEqualTo(Json.parse("42"));
    assertThat(Template.compile("{{body}}").renderText(scope))
        .isEqualTo("{\"id\":42,\"list\":[1,2]}");
    assertThat(Template.compile("{{body.list[{{a}}]}}").render(scope)).isEqualTo(Json.parse("2"));
    assertThat(Template.compile("{{body.data.nope}}").renderAs(scope, ValueType.STRING, "x"))
        .isEqualTo(Json.parse("\"\""));
  }

  @Test
  void aWholeValueIsSharedAndNotCopied() {
    TestScope scope = TestScope.of("{\"a\":{\"b\":1}}");

    assertThat(Template.compile("{{a}}").renderAs(scope, ValueType.OBJECT, "p"))
        .isSameAs(scope.data().get("a"));
  }

  @Test
  void aTextWithoutTemplatesIsConstant() {
    assertThat(Template.compile("{\"a\":1}").constant()).isTrue();
    assertThat(Template.compile("$.xyz(1)").constant()).isTrue();
    assertThat(Template.compile("{{a}}").constant()).isFalse();
    assertThat(Template.compile("$.random()").constant()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{env_var[@cfg].retry.max}} | ENV_VAR | env_var[@cfg].retry.max",
        "{{conv[1002].ref[u1].status}} | CONV | conv[1002].ref[u1].status",
        "{{conv[@users].ref[{{uid}}].status}} | CONV | conv[@users].ref[{{uid}}].status",
        "{{ node[aaaaaaaaaaaaaaaaaaaaaa01].count }} | NODE | node[aaaaaaaaaaaaaaaaaaaaaa01].count",
        "a[{{user[{{env_var[@k]}}]}}] | ENV_VAR | env_var[@k]",
        "$.md5({{env_var[@k]}}) | ENV_VAR | env_var[@k]",
        "$.map(fun(Item) -> Item*2 end, {{a}}) | FUNCTION | $.map(fun(Item) -> Item*2 end, {{a}})",
        "$.filter(fun(X) -> true end, {{a}}) | FUNCTION | $.filter(fun(X) -> true end, {{a}})"
      })
  void whatTheTaskCannotAnswerIsReported(String template, Kind kind, String text) {
    assertThat(Template.compile(template).outsideReads())
        .containsExactly(new OutsideRead(kind, text));
  }

  @Test
  void whatTheTaskCannotAnswerRendersAsMissing() {
    assertThat(Template.compile("{{conv[1].ref[a].b}}").render(EMPTY)).isNull();
    assertThat(Template.compile("x{{env_var[@k]}}y").renderText(EMPTY)).isEqualTo("xy");
  }

  @Test
  void outsideReadsOfKeysAreReported() {
    assertThat(KeyTemplate.compile("a[{{env_var[@k]}}]").outsideReads())
        .containsExactly(new OutsideRead(Kind.ENV_VAR, "env_var[@k]"));
  }

  @Test
  void aKeyHasOneTemplateOutsideOfBracketsAtMost() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> KeyTemplate.compile("{{a}}.{{b}}"))
        .withMessageContaining("at most one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", "a[", "a[]"})
  void aMalformedKeyIsRefused(String key) {
    assertThatExceptionOfType(JsonPathException.class).isThrownBy(() -> KeyTemplate.compile(key));
  }

  @Test
  void randomNumbersStayInTheirRangeAndReachItsEnds() {
    TestScope scope = TestScope.of("{}");
    assertRange(scope, "$.random(3)", 1, 3);
    assertRange(scope, "$.random(-3)", -3, -1);
    assertRange(scope, "$.random(5,8)", 5, 8);
    assertRange(scope, "$.random(8,5)", 5, 8);
    Template fraction = Template.compile("$.random()");
    for (int i = 0; i < 100; i++) {
      assertThat(fraction.renderAs(scope, ValueType.NUMBER, "p").doubleValue())
          .isGreaterThanOrEqualTo(0)
          .isLessThan(1);
    }
  }

  @Test
  void randomBoundsBeyond64BitsAreClamped() {
    assertThat(
            Template.compile("$.random(99999999999999999999)")
                .renderAs(EMPTY, ValueType.NUMBER, "p")
                .longValue())
        .isPositive();
    assertThat(
            Template.compile("$.random(-99999999999999999999,99999999999999999999)")
                .renderAs(EMPTY, ValueType.NUMBER, "p")
                .isIntegralNumber())
        .isTrue();
  }

  @Test
  void theSameSeedGivesTheSameRandomNumbers() {
    Template template = Template.compile("$.random()-$.random(1000)-$.random(1,1000)");

    assertThat(template.renderText(TestScope.of("{}")))
        .isEqualTo(template.renderText(TestScope.of("{}")));
  }

  private static void assertRange(TestScope scope, String call, long min, long max) {
    Template template = Template.compile(call);
    TreeSet<Long> seen = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      seen.add(template.renderAs(scope, ValueType.NUMBER, "p").longValue());
    }
    assertThat(seen).first().isEqualTo(min);
    assertThat(seen).last().isEqualTo(max);
  }
}
