package io.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;

/** What is read as JSON, what is refused, and that writing is the inverse of reading. */
class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[true,false,null,\"x\"]}",
        "9223372036854775807",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "1.5",
        "1E+400",
        "\"\\\"\\\\\\n\\u0000ü😀\"",
        "[]",
        "{}",
        "null"
      })
  void whatIsReadIsWrittenBackTheSame(String json) {
    assertThat(Json.text(Json.parse(json))).isEqualTo(json);
    assertThat(Json.bytes(Json.parse(json.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void integersOfAnySizeAreExact() {
    assertThat(Json.parse("9007199254740993").longValue()).isEqualTo(9007199254740993L);
    assertThat(Json.parse("9223372036854775808")).isInstanceOf(BigIntegerNode.class);
  }

  @Test
  void aFractionTooLargeForADoubleStaysExact() {
    assertThat(Json.parse("-1.5e999")).isInstanceOf(DecimalNode.class);
    assertThat(Json.text(Json.parse("[-1.5e999]"))).isEqualTo("[-1.5E+999]");
  }

  @Test
  void ofTwoEqualNamesTheLastWins() {
    assertThat(Json.text(Json.parse("{\"a\":1,\"a\":2}"))).isEqualTo("{\"a\":2}");
  }

  @Test
  void halfASurrogatePairSurvivesTheWayToBytesAndBack() {
    byte[] bytes = Json.bytes(Json.parse("{\"a\":\"x\\ud800y\"}"));

    assertThat(new String(bytes, StandardCharsets.US_ASCII))
        .isEqualToIgnoringCase("{\"a\":\"x\\ud800y\"}");
    assertThat(Json.parse(bytes)).isEqualTo(Json.parse("{\"a\":\"x\\ud800y\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,",
        "{\"a\":}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "[1,]",
        "01",
        "+1",
        "1.",
        ".5",
        "NaN",
        "Infinity",
        "-",
        "tru",
        "\"a",
        "\"\t\"",
        "{} {}",
        "1 2",
        "{}x",
        "// c\n1",
        "\u0000"
      })
  void malformedTextIsRefusedWithItsPlace(String text) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(text))
        .withMessageStartingWith("Not valid JSON");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
        .withMessageStartingWith("Not valid JSON");
  }

  @Test
  void anErrorNamesLineAndColumnAndWhatWasExpected() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  b: 2\n}"))
        .withMessageContaining("line 3, column 3")
        .withMessageContaining("expecting double-quote");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("{\"a\":"))
        .withMessageNotContaining("REDACTED");
  }

  @Test
  void invalidUtf8IsRefusedWithItsOffset() {
    byte[][] refused = {
      {'"', (byte) 0xC0, (byte) 0x80, '"'}, // overlong
      {'"', (byte) 0xE0, (byte) 0x80, (byte) 0x80, '"'}, // overlong
      {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}, // surrogate
      {'"', (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'}, // above U+10FFFF
      {'"', (byte) 0x80, '"'},
      {'"', (byte) 0xE2, (byte) 0x82},
    };
    for (byte[] bytes : refused) {
      assertThatExceptionOfType(JsonException.class)
          .isThrownBy(() -> Json.parse(bytes))
          .withMessageContaining("at byte 1");
    }
  }

  @Test
  void otherEncodingsAreRefused() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)));
  }

  @Test
  void depthIsBounded() {
    String allowed = "[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX);
    String tooDeep = "[".repeat(100_000);

    assertThat(Json.text(Json.parse(allowed))).isEqualTo(allowed);
    assertThat(Json.isDeeperThan(Json.parse(allowed), Json.DEPTH_MAX)).isFalse();
    assertThat(Json.isDeeperThan(Json.parse(allowed), Json.DEPTH_MAX - 1)).isTrue();
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(tooDeep))
        .withMessageContaining("200");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("[" + allowed + "]"));
  }

  @Test
  void lengthOfNumbersIsBounded() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("9".repeat(Json.NUMBER_CHARS_MAX + 1)));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("1e99999999999999999999"));
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse("15e2147483647"));
  }

  @Test
  void onlyAnObjectIsAnObject() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parseObject("[1]".getBytes(StandardCharsets.UTF_8)))
        .withMessage("Expected a JSON object, but got an array; put the values into {...}");
  }

  @Test
  void aWriteThatWouldBeTooDeepToReadIsRefused() {
    String deep = "{\"a\":".repeat(Json.DEPTH_MAX) + "1" + "}".repeat(Json.DEPTH_MAX);
    JsonPath path = JsonPath.compile("x");

    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> path.write(Json.object(), Json.parse(deep)))
        .withMessageContaining("nests too deeply");
  }

  @Test
  void aWriteSharesWhatItDoesNotTouch() {
    var root = Json.parseObject("{\"a\":{\"b\":1},\"c\":{\"d\":2}}");

    var written = JsonPath.compile("a.b").write(root, Json.parse("5"));

    assertThat(written.get("c")).isSameAs(root.get("c"));
    assertThat(written.get("a")).isNotSameAs(root.get("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "a[", "a[]", "a]", "a[0", "a[0]b", "[0]", "a[ ]"})
  void aMalformedPathIsRefused(String path) {
    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> JsonPath.compile(path))
        .withMessageContaining("'" + path + "'");
  }

  @Test
  void lengthAndStepsOfPathsAreBounded() {
    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> JsonPath.compile("a".repeat(JsonPath.SOURCE_CHARS_MAX + 1)));
    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> JsonPath.compile("a.".repeat(JsonPath.STEPS_MAX) + "a"));
  }

  @Test
  void aLongValueIsCutInTheDescriptionOfAFailedConversion() {
    assertThatExceptionOfType(ConversionException.class)
        .isThrownBy(() ->
            Coercion.convert(Json.parse("\"" + "x".repeat(200) + "\""), ValueType.NUMBER, "p"))
        .withMessage("Param: p, Value: " + "x".repeat(128) + ", Try convert to: number");
  }
}
