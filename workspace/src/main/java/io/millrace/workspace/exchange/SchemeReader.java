package io.millrace.workspace.exchange;

import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an upload into its elements: an object, an array, or a ZIP of such files. A ZIP is read as
 * a stream and never written to disk; entries, bytes and ratio are bounded.
 */
final class SchemeReader {
  static final int UPLOAD_BYTES_MAX = Limits.SCHEME_BYTES_MAX;
  static final int ENTRIES_MAX = 10_000;
  static final int ELEMENTS_MAX = 10_000;
  static final long UNZIPPED_BYTES_MAX = 4L * Limits.SCHEME_BYTES_MAX;
  static final int ZIP_RATIO_MAX = 200;
  private static final int RATIO_FREE_BYTES = 1024 * 1024;
  private static final int NAME_CHARACTERS_MAX = 4096;
  private static final Set<String> SIDE_FILES = Set.of("_ENV_VARS_.json", "_ALIASES_.json");

  private SchemeReader() {}

  static List<Element> read(byte[] content) {
    if (content.length > UPLOAD_BYTES_MAX) {
      throw WorkspaceException.scheme(
          "", content.length, "the file has more than " + UPLOAD_BYTES_MAX + " bytes");
    }
    List<Element> elements = new ArrayList<>();
    if (isZip(content)) {
      readZip(content, elements);
    } else {
      add(elements, parse("", content), "");
    }
    if (elements.isEmpty()) {
      throw WorkspaceException.scheme("", null, "the file holds no objects");
    }
    return elements;
  }

  private static boolean isZip(byte[] content) {
    return content.length >= 4
        && content[0] == 'P'
        && content[1] == 'K'
        && (content[2] == 3 || content[2] == 5);
  }

  private static void readZip(byte[] content, List<Element> elements) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      long bytes = 0;
      int entries = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = safeName(entry.getName());
        if (++entries > ENTRIES_MAX) {
          throw WorkspaceException.scheme(
              "", entries, "the ZIP has more than " + ENTRIES_MAX + " entries");
        }
        long allowed = allowedBytes(content.length) - bytes;
        byte[] file = zip.readNBytes((int) allowed + 1);
        if (file.length > allowed) {
          throw WorkspaceException.scheme(
              name, null, "the ZIP unpacks to too many bytes for its size");
        }
        bytes += file.length;
        String simpleName = name.substring(name.lastIndexOf('/') + 1);
        if (simpleName.endsWith(".json") && !SIDE_FILES.contains(simpleName)) {
          add(elements, parse(name, file), name);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw WorkspaceException.scheme("", null, "the ZIP cannot be read: " + e.getMessage());
    }
  }

  private static long allowedBytes(int zippedBytes) {
    return Math.min(UNZIPPED_BYTES_MAX, RATIO_FREE_BYTES + (long) zippedBytes * ZIP_RATIO_MAX);
  }

  /** Nothing is ever unpacked to disk; a name that tries to leave its folder is hostile anyway. */
  private static String safeName(String name) {
    boolean hostile =
        name.isEmpty()
            || name.length() > NAME_CHARACTERS_MAX
            || name.startsWith("/")
            || name.indexOf('\\') >= 0
            || name.indexOf('\0') >= 0
            || name.matches("[A-Za-z]:.*")
            || List.of(name.split("/", -1)).contains("..");
    if (hostile) {
      String shown = name.substring(0, Math.min(100, name.length()));
      throw WorkspaceException.scheme(
          "ZIP entry", shown, "the name '" + shown + "' is not allowed");
    }
    return name;
  }

  private static JsonNode parse(String where, byte[] text) {
    try {
      return Json.parse(stripByteOrderMark(text));
    } catch (JacksonException e) {
      var location = e.getLocation();
      String place =
          location == null
              ? ""
              : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
      throw WorkspaceException.scheme(
          where, null, "not valid JSON" + place + ": " + e.getOriginalMessage());
    }
  }

  private static byte[] stripByteOrderMark(byte[] text) {
    boolean marked =
        text.length >= 3
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF;
    return marked
        ? new String(text, 3, text.length - 3, StandardCharsets.UTF_8)
            .getBytes(StandardCharsets.UTF_8)
        : text;
  }

  private static void add(List<Element> elements, JsonNode json, String file) {
    if (json instanceof ObjectNode object) {
      elements.add(new Element(file.isEmpty() ? "element 0" : file, object));
    } else if (json.isArray()) {
      int index = 0;
      for (JsonNode child : json) {
        String where = (file.isEmpty() ? "" : file + ", ") + "element " + index++;
        if (!(child instanceof ObjectNode object)) {
          throw WorkspaceException.scheme(where, null, "expected an object");
        }
        elements.add(new Element(where, object));
      }
    } else {
      throw WorkspaceException.scheme(file, null, "expected an object or an array of objects");
    }
    if (elements.size() > ELEMENTS_MAX) {
      throw WorkspaceException.scheme("", null, "more than " + ELEMENTS_MAX + " objects");
    }
  }
}
