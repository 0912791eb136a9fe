package io.millrace.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonPath;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.table.Table;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tables of the format about templates, functions and keys. */
class TemplateTablesTest {
  static Stream<Table.Row> templates() {
    return Stream.concat(Table.rows("templates.md"), Table.rows("functions.md"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aTemplateRendersAsItsTableSays(Table.Row row) {
    Template template = Template.compile(row.get("template"));
    TestScope scope = TestScope.of(row.get("data"));
    String expected = row.get("result");
    if (row.get("type").equals("native")) {
      assertThat(template.render(scope)).isEqualTo(value(expected));
      return;
    }
    ValueType type = Objects.requireNonNull(ValueType.of(row.get("type")));
    if (expected.equals("error")) {
      assertThatExceptionOfType(ConversionException.class)
          .isThrownBy(() -> template.renderAs(scope, type, "p"))
          .withMessageMatching("Param: p, Value: .*, Try convert to: " + type.wireName());
    } else {
      assertThat(template.renderAs(scope, type, "p")).isEqualTo(Json.parse(expected));
    }
  }

  static Stream<Table.Row> keys() {
    return Table.rows("keys.md");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyNamesThePathThatItsTableSays(Table.Row row) {
    KeyTemplate key = KeyTemplate.compile(row.get("key"));
    TestScope scope = TestScope.of(row.get("data"));
    if (row.get("path").equals("error")) {
      assertThatExceptionOfType(JsonPathException.class).isThrownBy(() -> key.resolve(scope));
    } else {
      assertThat(written(key.resolve(scope))).isEqualTo(written(JsonPath.compile(row.get("path"))));
    }
  }

  private static ObjectNode written(JsonPath path) {
    return path.write(Json.object(), Json.parse("1"));
  }

  private static @Nullable JsonNode value(String cell) {
    return cell.equals("missing") ? null : Json.parse(cell);
  }
}
