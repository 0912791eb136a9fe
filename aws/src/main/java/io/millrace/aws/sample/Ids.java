package io.millrace.aws.sample;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Made-up identifiers: the same name always has the same id; the rest comes from the seed. */
final class Ids {
  private final Random random;

  Ids(Random random) {
    this.random = random;
  }

  String uuid() {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  String hex(int digits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  /** Upper-case letters and digits, as in the tail of a log file's name. */
  String tail(int length) {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /** An id as IAM gives it: four letters of kind, then one that belongs to the name. */
  static String principal(String kind, String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    String digits = Long.toString(hash & Long.MAX_VALUE, 36).toUpperCase(Locale.ROOT);
    return kind + ("0000000000" + digits).substring(digits.length()) + "EXAMPLE";
  }
}
