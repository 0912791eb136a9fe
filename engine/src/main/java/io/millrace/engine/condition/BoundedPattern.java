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

  /** Characters that one search may look at in any text. */
  private static final long LOOKS_BASE = 1_000_000;

  /** Further looks for each character: a plain search of a long text needs a few. */
  private static final long LOOKS_PER_CHAR = 10;

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
    private long looksLeft;

    CountedText(String text) {
      this.text = text;
      this.looksLeft = LOOKS_BASE + LOOKS_PER_CHAR * text.length();
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--looksLeft < 0) {
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
