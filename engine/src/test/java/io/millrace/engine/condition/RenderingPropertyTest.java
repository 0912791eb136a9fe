package io.millrace.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.KeyTemplate;
import io.millrace.engine.template.Template;
import io.millrace.engine.template.TemplateException;
import io.millrace.engine.template.TestScope;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** What holds for any template, key and condition, over data full of template characters. */
class RenderingPropertyTest {
  private static final String DATA =
      """
      {"a":1,"b":"{{a}}","c":{"d":[1,2,{"e":"x"}]},"k":"c.d[2]","s":"$.math(1+1)","n":null,
       "q":"\\"}{\\\\","f":1.5,"big":1e400,"r":"(a|b)*[","t":true,"z":"","w":"a..b["}
      """;

  @Property
  void anyTemplateIsCompiledOrRefused(@ForAll("templateLike") String text) {
    Template template;
    try {
      template = Template.compile(text);
    } catch (TemplateException e) {
      assertThat(e).hasMessageStartingWith("Template is not valid at character");
      return;
    }
    assertThat(template.source()).isEqualTo(text);
    for (ValueType type : ValueType.values()) {
      try {
        JsonNode value = template.renderAs(TestScope.of(DATA), type, "p");
        assertThat(value.getNodeType().name()).isEqualTo(type.name());
      } catch (ConversionException e) {
        assertThat(e).hasMessageStartingWith("Param: p, Value: ");
      }
    }
  }

  @Property
  void renderedTextIsTheTextFormOfTheRenderedValue(@ForAll("templateLike") String text) {
    try {
      Template template = Template.compile(text);
      assertThat(template.renderText(TestScope.of(DATA)))
          .isEqualTo(template.renderAs(TestScope.of(DATA), ValueType.STRING, "p").stringValue());
    } catch (TemplateException | ConversionException e) {
      assertThat(e).hasMessageMatching("(?s)(Template|Param).*");
    }
  }

  @Property
  void textWithoutBracesAndDollarsRendersAsItself(@ForAll String text) {
    String plain = text.replaceAll("[{}$]", "");

    assertThat(Template.compile(plain).renderText(TestScope.of(DATA))).isEqualTo(plain);
  }

  @Property
  void dataIsNeverRendered(@ForAll String value) {
    TestScope scope = TestScope.of(Json.object().put("v", value));

    assertThat(Template.compile("<{{v}}>").renderText(scope)).isEqualTo("<" + value + ">");
    assertThat(Template.compile("{\"v\":\"{{v}}\"}").renderAs(scope, ValueType.OBJECT, "p"))
        .isEqualTo(scope.data());
  }

  @Property
  void anyKeyIsResolvedOrRefused(@ForAll("templateLike") String text) {
    try {
      assertThat(KeyTemplate.compile(text).resolve(TestScope.of(DATA)).source()).isNotEmpty();
    } catch (TemplateException | JsonPathException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property
  void aConditionNeverFails(
      @ForAll("templateLike") String param,
      @ForAll("templateLike") String constant,
      @ForAll Operator operator,
      @ForAll ValueType cast) {
    Condition condition;
    try {
      condition = Condition.compile(param, operator, constant, cast);
    } catch (TemplateException e) {
      return;
    }
    boolean first = condition.test(TestScope.of(DATA));

    assertThat(condition.test(TestScope.of(DATA))).isEqualTo(first);
  }

  @Property
  void equalAndNotEqualAreOpposites(
      @ForAll("templateLike") String param,
      @ForAll("templateLike") String constant,
      @ForAll ValueType cast) {
    Condition equal;
    Condition notEqual;
    try {
      equal = Condition.compile(param, Operator.EQ, constant, cast);
      notEqual = Condition.compile(param, Operator.NOT_EQ, constant, cast);
    } catch (TemplateException e) {
      return;
    }

    assertThat(equal.test(TestScope.of(DATA))).isNotEqualTo(notEqual.test(TestScope.of(DATA)));
  }

  @Property
  void anyPatternFindsOrNot(@ForAll("patternLike") String pattern, @ForAll String text) {
    BoundedPattern compiled = BoundedPattern.compile(pattern);
    if (compiled != null) {
      assertThat(compiled.find(text)).isEqualTo(compiled.find(text));
    }
  }

  @Provide
  Arbitrary<String> templateLike() {
    return Arbitraries.of(
            "{{",
            "}}",
            "{{a}}",
            "{{b}}",
            "{{c.d[2].e}}",
            "{{k}}",
            "{{{{k}}}}",
            "{{c.d[{{a}}]}}",
            "{{q}}",
            "{{n}}",
            "{{big}}",
            "{{w}}",
            "{{root.ref}}",
            "{{conv[1].ref[x]}}",
            "a",
            "c",
            ".",
            "[",
            "]",
            "0",
            "1",
            "{",
            "}",
            "\"",
            "\"x\":",
            ",",
            "\\",
            " ",
            "$.math(",
            "$.md5(",
            "$.random(",
            "$.date(",
            "$.unixtime(",
            "%y-%m-%d",
            "+1",
            "/0",
            ")",
            ".tz('UTC')",
            "$.map(",
            "ü")
        .list()
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> patternLike() {
    return Arbitraries.of(
            "a",
            "b",
            ".",
            "*",
            "+",
            "?",
            "(",
            ")",
            "[",
            "]",
            "^",
            "$",
            "|",
            "\\",
            "\\d",
            "{2}",
            "[:alpha:]",
            "&&",
            "-",
            "(?P<n>",
            "(?:",
            "\\Q",
            "\\E")
        .list()
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces));
  }
}
