package io.millrace.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.json.ValueType;
import io.millrace.engine.table.Table;
import io.millrace.engine.template.TestScope;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the format about conditions. */
class ConditionTableTest {
  static Stream<Table.Row> conditions() {
    return Table.rows("conditions.md");
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void aConditionHoldsAsItsTableSays(Table.Row row) {
    Condition condition =
        Condition.compile(
            row.get("param"),
            Objects.requireNonNull(Operator.of(row.get("fun"))),
            row.get("const"),
            Objects.requireNonNull(ValueType.of(row.get("cast"))));

    assertThat(condition.test(TestScope.of(row.get("data"))))
        .isEqualTo(Boolean.parseBoolean(row.get("result")));
  }
}
