package io.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for any bytes, any text and any value. */
class JsonPropertyTest {
  @Property
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      Json.parse(bytes);
    } catch (JsonException e) {
      assertThat(e).hasMessageStartingWith("Not valid JSON");
    }
  }

  @Property
  void anyTextMadeOfJsonPiecesIsReadOrRefused(@ForAll("jsonLike") String text) {
    JsonNode read = null;
    try {
      read = Json.parse(text);
    } catch (JsonException e) {
      assertThat(e).hasMessageStartingWith("Not valid JSON");
    }
    if (read != null) {
      assertThat(Json.parse(Json.text(read))).isEqualTo(read);
    }
  }

  @Property
  void utf8IsAcceptedExactlyWhenJavaDecodesIt(@ForAll byte[] bytes) {
    boolean noZero = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(0) < 0;
    boolean decodes = true;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      decodes = false;
    }

    assertThat(Utf8.firstInvalid(bytes) < 0).isEqualTo(decodes && noZero);
  }

  @Property
  void anyValueSurvivesBytesAndText(@ForAll("values") JsonNode value) {
    assertThat(Json.parse(Json.bytes(value))).isEqualTo(value);
    assertThat(Json.parse(Json.text(value))).isEqualTo(value);
  }

  @Property
  void anyTextSurvivesAsAStringValue(@ForAll String text) {
    JsonNode value = Json.object().put("s", text);

    assertThat(Json.parse(Json.bytes(value))).isEqualTo(value);
  }

  @Property
  void theTextFormOfAnIntegerIsReadBackAsTheSame(@ForAll BigInteger value) {
    JsonNode number = Numbers.node(value);

    assertThat(Numbers.parse(TextForm.of(number))).isEqualTo(number);
    assertThat(Json.parse(value.toString())).isEqualTo(number);
  }

  @Property
  void theTextFormOfAFractionIsTheFractionWithSixDecimals(@ForAll double value) {
    String text = TextForm.fraction(value);

    assertThat(new BigDecimal(text).subtract(BigDecimal.valueOf(value)).abs())
        .isLessThanOrEqualTo(new BigDecimal("0.0000005"));
    assertThat(Numbers.parse(text)).isNotNull();
  }

  @Property
  void numbersAreOrderedByValueWhateverTheirForm(@ForAll BigDecimal a, @ForAll BigDecimal b) {
    JsonNode x = Json.parse(a.toString());
    JsonNode y = Json.parse(b.toString());

    assertThat(Numbers.compare(x, y)).isEqualTo(-Numbers.compare(y, x));
    assertThat(Numbers.compare(x, x)).isZero();
    assertThat(Numbers.compare(x, y)).isEqualTo(x.decimalValue().compareTo(y.decimalValue()));
  }

  @Property
  void convertingTwiceIsConvertingOnce(@ForAll("values") JsonNode value, @ForAll ValueType type) {
    JsonNode once = Coercion.tryConvert(value, type);
    if (once != null) {
      assertThat(Coercion.tryConvert(once, type)).isSameAs(once);
    }
  }

  @Property
  void anyPathIsCompiledOrRefused(@ForAll("pathLike") String text) {
    try {
      JsonPath path = JsonPath.compile(text);
      assertThat(path.source()).isEqualTo(text);
      path.read(Json.parseObject("{\"a\":[{\"b\":1}]}"));
    } catch (JsonPathException e) {
      assertThat(e).hasMessageContaining("ath");
    }
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll("pathLike") String text,
      @ForAll("objects") ObjectNode root,
      @ForAll("values") JsonNode value) {
    String before = Json.text(root);
    try {
      JsonPath path = JsonPath.compile(text);
      ObjectNode written = path.write(root, value);
      assertThat(path.read(written)).isEqualTo(value);
    } catch (JsonPathException e) {
      Assertions.assertNotNull(e.getMessage());
    }
    assertThat(Json.text(root)).isEqualTo(before);
  }

  @Provide
  Arbitrary<String> pathLike() {
    return Arbitraries.of(
            "a", "b", ".", ".", "[", "]", "0", "[1]", "[99]", "[101]", "\\.", "\\", "x y", "ü")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> jsonLike() {
    return Arbitraries.of(
            "{", "}", "[", "]", ":", ",", "\"a\"", "\"", "1", "-", ".5", "e9", "e999", "true",
            "null", " ", "\\u12", "ü")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return values()
        .list()
        .ofMaxSize(4)
        .map(values -> {
          ObjectNode object = Json.object();
          for (int i = 0; i < values.size(); i++) {
            object.set("ab01".substring(i, i + 1), values.get(i));
          }
          return object;
        });
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return values(2);
  }

  private static Arbitrary<JsonNode> values(int levels) {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(JsonNodeFactory.instance::stringNode),
            Arbitraries.bigIntegers().map(Numbers::node),
            Arbitraries.longs().map(Numbers::node),
            Arbitraries.doubles().map(JsonNodeFactory.instance::numberNode),
            Arbitraries.of("true", "false", "null", "1e400").map(Json::parse));
    if (levels == 0) {
      return leaves;
    }
    Arbitrary<String> names = Arbitraries.of("a", "b", "c.d", "0");
    return Arbitraries.oneOf(
        leaves,
        values(levels - 1).list().ofMaxSize(3).map(elements -> Json.array().addAll(elements)),
        Arbitraries.maps(names, values(levels - 1))
            .ofMaxSize(3)
            .map(members -> Json.object().setAll(members)));
  }
}
