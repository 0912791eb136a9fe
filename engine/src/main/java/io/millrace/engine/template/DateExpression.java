package io.millrace.engine.template;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A compiled date expression such as {@code %y-%m-%d+1 09:00:00}. All offsets are applied to the
 * moment first, the larger units before the smaller, so that a carry reaches every field.
 */
final class DateExpression {
  private static final int CHARS_MAX = 1_000;
  private static final int OFFSET_DIGITS_MAX = 12;
  private static final int YEAR_MAX = 9_999;
  private static final String SPECIFIERS = "ymdhis";

  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[ T]+(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?)?");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})(?:[ T]+(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?)?");

  /** A field to print, or literal text when {@code field} is null. */
  private record Piece(@Nullable ChronoField field, String text) {}

  private record Shift(ChronoUnit unit, long amount) {}

  private final String source;
  private final List<Piece> pieces;
  private final List<Shift> shifts;

  private DateExpression(String source, List<Piece> pieces, List<Shift> shifts) {
    this.source = source;
    this.pieces = pieces;
    this.shifts = shifts;
  }

  /** Compiles an expression; any text is one, unless it is too long: then null. */
  static @Nullable DateExpression compile(String source) {
    if (source.length() > CHARS_MAX) {
      return null;
    }
    List<Piece> pieces = new ArrayList<>();
    List<Shift> shifts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      int specifier = specifierAt(source, at);
      if (specifier < 0) {
        literal.append(source.charAt(at));
        at++;
        continue;
      }
      pieces.add(new Piece(null, literal.toString()));
      literal.setLength(0);
      pieces.add(new Piece(field(specifier), ""));
      at += 2;
      int end = offsetEnd(source, at);
      if (end > at) {
        shifts.add(new Shift(unit(specifier), Long.parseLong(source.substring(at, end))));
        at = end;
      }
    }
    pieces.add(new Piece(null, literal.toString()));
    shifts.sort((a, b) -> b.unit.compareTo(a.unit));
    return new DateExpression(source, List.copyOf(pieces), List.copyOf(shifts));
  }

  String source() {
    return source;
  }

  /** Prints the shifted moment; fails with DateTimeException outside the years 0 to 9999. */
  String format(ZonedDateTime now) {
    ZonedDateTime moment = now;
    for (Shift shift : shifts) {
      moment = moment.plus(shift.amount, shift.unit);
    }
    if (moment.getYear() < 0 || moment.getYear() > YEAR_MAX) {
      throw new DateTimeException("year " + moment.getYear());
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.field == null) {
        text.append(piece.text);
      } else {
        appendPadded(text, moment.get(piece.field), piece.field == ChronoField.YEAR ? 4 : 2);
      }
    }
    return text.toString();
  }

  /** Reads a moment as the functions print it; fails with DateTimeException. */
  static LocalDateTime moment(String text) {
    String trimmed = text.strip();
    Matcher year = YEAR_FIRST.matcher(trimmed);
    if (year.matches()) {
      return moment(year, 1, 3);
    }
    Matcher day = DAY_FIRST.matcher(trimmed);
    if (day.matches()) {
      return moment(day, 3, 1);
    }
    throw new DateTimeException("expected YYYY-MM-DD HH:MM:SS");
  }

  private static LocalDateTime moment(Matcher match, int yearGroup, int dayGroup) {
    return LocalDateTime.of(
        number(match, yearGroup),
        number(match, 2),
        number(match, dayGroup),
        number(match, 4),
        number(match, 5),
        number(match, 6));
  }

  private static int number(Matcher match, int group) {
    String digits = match.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static void appendPadded(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    text.repeat('0', Math.max(0, width - digits.length())).append(digits);
  }

  private static int specifierAt(String source, int at) {
    return source.charAt(at) == '%' && at + 1 < source.length()
        ? SPECIFIERS.indexOf(source.charAt(at + 1))
        : -1;
  }

  /** A sign followed by digits is an offset; a sign followed by anything else is text. */
  private static int offsetEnd(String source, int from) {
    if (from >= source.length() || (source.charAt(from) != '+' && source.charAt(from) != '-')) {
      return from;
    }
    int end = from + 1;
    while (end < source.length()
        && end <= from + OFFSET_DIGITS_MAX
        && source.charAt(end) >= '0'
        && source.charAt(end) <= '9') {
      end++;
    }
    return end == from + 1 ? from : end;
  }

  private static ChronoField field(int specifier) {
    return switch (SPECIFIERS.charAt(specifier)) {
      case 'y' -> ChronoField.YEAR;
      case 'm' -> ChronoField.MONTH_OF_YEAR;
      case 'd' -> ChronoField.DAY_OF_MONTH;
      case 'h' -> ChronoField.HOUR_OF_DAY;
      case 'i' -> ChronoField.MINUTE_OF_HOUR;
      default -> ChronoField.SECOND_OF_MINUTE;
    };
  }

  private static ChronoUnit unit(int specifier) {
    return switch (SPECIFIERS.charAt(specifier)) {
      case 'y' -> ChronoUnit.YEARS;
      case 'm' -> ChronoUnit.MONTHS;
      case 'd' -> ChronoUnit.DAYS;
      case 'h' -> ChronoUnit.HOURS;
      case 'i' -> ChronoUnit.MINUTES;
      default -> ChronoUnit.SECONDS;
    };
  }
}
