package io.millrace.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.engine.table.Table;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tables of the format about plain values: text form, coercion, paths. */
class ValueTablesTest {
  private static final String MISSING = "missing";

  static Stream<Table.Row> textForms() {
    return Table.rows("text-form.md");
  }

  @ParameterizedTest
  @MethodSource("textForms")
  void aValueTakesItsTextForm(Table.Row row) {
    assertThat(TextForm.of(value(row.get("value")))).isEqualTo(row.get("text"));
  }

  static Stream<Table.Row> coercions() {
    return Table.rows("coercion.md");
  }

  @ParameterizedTest
  @MethodSource("coercions")
  void aValueTakesItsDeclaredTypeOrIsRefused(Table.Row row) {
    ValueType type = Objects.requireNonNull(ValueType.of(row.get("type")));
    JsonNode value = value(row.get("value"));
    if (row.get("result").equals("error")) {
      assertThatExceptionOfType(ConversionException.class)
          .isThrownBy(() -> Coercion.convert(value, type, "p"))
          .withMessage(
              "Param: p, Value: %s, Try convert to: %s", TextForm.of(value), type.wireName());
    } else {
      assertThat(Coercion.convert(value, type, "p")).isEqualTo(Json.parse(row.get("result")));
    }
  }

  static Stream<Table.Row> pathReads() {
    return Table.rows("paths.md").filter(row -> !row.cells().containsKey("value"));
  }

  @ParameterizedTest
  @MethodSource("pathReads")
  void aPathReadsWhatItNames(Table.Row row) {
    ObjectNode data = Json.parseObject(row.get("data"));

    assertThat(JsonPath.compile(row.get("path")).read(data)).isEqualTo(value(row.get("result")));
  }

  static Stream<Table.Row> pathWrites() {
    return Table.rows("paths.md").filter(row -> row.cells().containsKey("value"));
  }

  @ParameterizedTest
  @MethodSource("pathWrites")
  void aPathWritesWithoutTouchingTheOriginal(Table.Row row) {
    ObjectNode data = Json.parseObject(row.get("data"));
    JsonPath path = JsonPath.compile(row.get("path"));
    JsonNode value = Json.parse(row.get("value"));
    if (row.get("result").equals("error")) {
      assertThatExceptionOfType(JsonPathException.class)
          .isThrownBy(() -> path.write(data, value))
          .withMessageContaining(row.get("path"));
    } else {
      assertThat(path.write(data, value)).isEqualTo(Json.parse(row.get("result")));
    }
    assertThat(data).isEqualTo(Json.parse(row.get("data")));
  }

  private static @Nullable JsonNode value(String cell) {
    return cell.equals(MISSING) ? null : Json.parse(cell);
  }
}
