package io.millrace.engine.condition;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a person, made safe to run: matching looks at a bounded number of
 * characters and then gives up, so that no pattern can hold a partition. Giving up is no match.
 */
public final class BoundedPattern {
  /** Longest pattern, in characters. */
  public static final int PATTERN_CHARS_MAX = 4_096;

  /** Characters that one search may look at; a plain search looks at each a few times. */
  private static final int LOOKS_MAX = 10_000_000;

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Compiles a pattern in PCRE syntax, or answers null when it is none or too long. */
  public static @Nullable BoundedPattern compile(String regex) {
    if (regex.length() > PATTERN_CHARS_MAX) {
      return null;
    }
    try {
      return new BoundedPattern(Pattern.compile(PcreSyntax.toJava(regex), Pattern.UNIX_LINES));
    } catch (PatternSyntaxException | StackOverflowError e) {
      return null;
    }
  }

  /** Whether the pattern matches anywhere in the text. */
  public boolean find(String text) {
    try {
      return pattern.matcher(new CountedText(text)).find();
    } catch (TooManyLooks | StackOverflowError e) {
      // Java's matcher recurses on repeated groups: a long text can exhaust the stack instead.
      return false;
    }
  }

  @Override
  public String toString() {
    return pattern.pattern();
  }

  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooks() {
      super(null, null, false, false);
    }
  }

  private static final class CountedText implements CharSequence {
    private final String text;
    private int looks;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > LOOKS_MAX) {
        throw new TooManyLooks();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
