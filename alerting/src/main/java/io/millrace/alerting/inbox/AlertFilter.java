package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** An {@link AlertQuery} as a WHERE clause; values only ever travel as parameters. */
final class AlertFilter {
  private static final int WORDS_MAX = 10;

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final String fixedColumn;

  AlertFilter(AlertQuery query, boolean withSeverity) {
    if (withSeverity && !query.severities().isEmpty()) {
      List<String> ranks =
          query.severities().stream().map(Severity::rank).sorted().map(String::valueOf).toList();
      conditions.add("severity IN (" + String.join(", ", ranks) + ")");
    }
    add("acknowledged = :acknowledged", "acknowledged", query.acknowledged());
    add("channel = :channel", "channel", query.channel());
    add("process_id = :process", "process", query.processId());
    add("last_millis >= :from", "from", query.fromMillis());
    add("last_millis < :to", "to", query.toMillis());
    fixedColumn =
        query.processId() != null
            ? "process_id, "
            : query.channel() != null
                ? "channel, "
                : query.acknowledged() != null ? "acknowledged, " : "";
    int number = 0;
    for (String word : query.query().toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
      if (!word.isEmpty() && number < WORDS_MAX) {
        String name = "word" + number++;
        add("search_text LIKE :" + name + " ESCAPE '!'", name, "%" + escaped(word) + "%");
      }
    }
  }

  /**
   * Newest first. A column that the filter fixes to one value stands in front: it changes nothing
   * in the order, but lets the database see that an index has the rows in it already.
   */
  String order() {
    return " ORDER BY " + fixedColumn + "last_millis DESC, id DESC";
  }

  AlertFilter behind(AlertCursor cursor) {
    conditions.add(
        "last_millis <= :cursorMillis AND (last_millis < :cursorMillis OR id < :cursorId)");
    values.put("cursorMillis", cursor.lastMillis());
    values.put("cursorId", cursor.id());
    return this;
  }

  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    values.forEach(statement::bind);
    return statement;
  }

  private void add(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
  }

  private static String escaped(String word) {
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
