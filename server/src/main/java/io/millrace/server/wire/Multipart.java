package io.millrace.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code multipart/form-data}: fields become text members, parts with a file name binary
 * ones. File names are not used for anything.
 */
public final class Multipart {
  private static final int PARTS_MAX = 100;
  private static final int HEADER_BYTES_MAX = 8 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?<![a-z])name=(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);

  private Multipart() {}

  /** Whether a body of this type is multipart. */
  public static boolean is(@Nullable String contentType) {
    return contentType != null
        && contentType.trim().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /** Answers empty when the body is not what its type says. */
  public static Optional<ObjectNode> read(String contentType, byte[] body) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    ObjectNode fields = Json.object();
    int at = indexOf(body, delimiter, 0);
    for (int part = 0; at >= 0 && part < PARTS_MAX; part++) {
      int start = at + delimiter.length;
      if (startsWith(body, start, "--")) {
        return Optional.of(fields);
      }
      int next = indexOf(body, delimiter, start);
      if (next < 0 || !readPart(body, start, next, fields)) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.empty();
  }

  /** Reads what stands between two delimiters: line end, headers, empty line, value, line end. */
  private static boolean readPart(byte[] body, int start, int end, ObjectNode fields) {
    int blank = indexOf(body, "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), start);
    int valueEnd = end - 2;
    if (blank < 0 || blank + 4 > valueEnd || blank - start > HEADER_BYTES_MAX) {
      return false;
    }
    String head = new String(body, start, blank - start, StandardCharsets.UTF_8);
    Matcher name = NAME.matcher(head);
    if (!name.find()) {
      return false;
    }
    String field = name.group(1) != null ? name.group(1) : name.group(2);
    int from = blank + 4;
    byte[] value = Arrays.copyOfRange(body, from, valueEnd);
    if (head.toLowerCase(Locale.ROOT).contains("filename")) {
      fields.put(field, value);
    } else {
      fields.put(field, new String(value, StandardCharsets.UTF_8));
    }
    return true;
  }

  private static boolean startsWith(byte[] body, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= body.length || body[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(byte[] body, byte[] sought, int from) {
    int last = body.length - sought.length;
    for (int i = from; i <= last; i++) {
      if (body[i] == sought[0] && matches(body, sought, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] body, byte[] sought, int at) {
    for (int i = 1; i < sought.length; i++) {
      if (body[at + i] != sought[i]) {
        return false;
      }
    }
    return true;
  }
}
