package io.millrace.app.command;

import io.millrace.aws.replay.Pace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --speed}. */
final class Speed implements ITypeConverter<Pace> {
  private static final Pattern FACTOR = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)x");

  @Override
  public Pace convert(String text) {
    if (text.equals("max")) {
      return new Pace.Fastest();
    }
    Matcher factor = FACTOR.matcher(text);
    if (factor.matches() && Double.parseDouble(factor.group(1)) > 0) {
      return new Pace.EventTime(Double.parseDouble(factor.group(1)));
    }
    throw new TypeConversionException(
        "expected max, 1x (the pace of the events) or a multiple such as 60x, but got " + text);
  }
}
