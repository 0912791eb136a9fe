package io.millrace.engine.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Markdown file of cases, one row each, that a person reads without Java. Cells are trimmed; back
 * quotes around a cell keep its white space.
 */
public final class Table {
  /** One case: its cells by the header of their column. */
  public record Row(String title, int line, Map<String, String> cells) {
    public String get(String column) {
      String cell = cells.get(column);
      if (cell == null) {
        throw new IllegalArgumentException("Line " + line + " has no column '" + column + "'");
      }
      return cell;
    }

    @Override
    public String toString() {
      return title + ", line " + line + ": " + String.join(" | ", cells.values());
    }
  }

  private Table() {}

  /** All cases of a file in {@code tables/}. */
  public static Stream<Row> rows(String file) {
    List<Row> rows = new ArrayList<>();
    List<String> header = List.of();
    String title = "";
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (line.startsWith("#")) {
        title = line.replaceFirst("#+ *", "");
        header = List.of();
      } else if (line.startsWith("|---")) {
        continue;
      } else if (line.startsWith("|")) {
        List<String> cells = cells(line);
        if (header.isEmpty()) {
          header = cells;
        } else {
          rows.add(row(title, number, header, cells));
        }
      }
    }
    return rows.stream();
  }

  private static Row row(String title, int number, List<String> header, List<String> cells) {
    if (cells.size() != header.size()) {
      throw new IllegalArgumentException(
          "Line " + number + " has " + cells.size() + " cells, expected " + header.size());
    }
    Map<String, String> byColumn = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      byColumn.put(header.get(i), cells.get(i));
    }
    return new Row(title, number, byColumn);
  }

  private static List<String> cells(String line) {
    String inner = line.strip().substring(1, line.strip().length() - 1);
    return Stream.of(inner.split(" \\| ", -1)).map(Table::unquoted).toList();
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    return text.length() >= 2 && text.startsWith("`") && text.endsWith("`")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static List<String> lines(String file) {
    try (InputStream in = Table.class.getResourceAsStream("/tables/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("No table " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
