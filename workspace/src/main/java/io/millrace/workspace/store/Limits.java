package io.millrace.workspace.store;

import org.jspecify.annotations.Nullable;

/** The bounds of what is stored, and their checks; refusals carry the texts of the API. */
public final class Limits {
  public static final int TITLE_CHARACTERS_MAX = 255;
  public static final int NODE_TITLE_CHARACTERS_MAX = 240;
  public static final int DESCRIPTION_CHARACTERS_MAX = 2000;
  public static final int NODES_MAX = 5000;
  public static final int SCHEME_BYTES_MAX = 16 * 1024 * 1024;
  public static final int PARAMS_MAX = 1000;
  public static final int FOLDER_DEPTH_MAX = 100;
  public static final int DRAFTS_MAX = 100;

  private Limits() {}

  /** A title of 1 to 255 characters. */
  public static String title(@Nullable String title) {
    if (title == null) {
      throw WorkspaceException.required("title");
    }
    if (title.isEmpty()) {
      throw WorkspaceException.tooShort("title", title, 1);
    }
    return text("title", title, TITLE_CHARACTERS_MAX);
  }

  /** A description of at most 2000 characters; null becomes empty. */
  public static String description(@Nullable String description) {
    return description == null ? "" : text("description", description, DESCRIPTION_CHARACTERS_MAX);
  }

  /** Any text up to a length; NUL is refused because PostgreSQL cannot store it. */
  public static String text(String key, String value, int charactersMax) {
    if (value.length() > charactersMax) {
      throw WorkspaceException.tooLong(key, shortened(value), charactersMax);
    }
    if (value.indexOf('\0') >= 0) {
      throw WorkspaceException.value(key, null, "contains the character NUL");
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i)) && !isPair(value, i)) {
        throw WorkspaceException.value(key, null, "contains half of a surrogate pair");
      }
    }
    return value;
  }

  private static boolean isPair(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }

  private static String shortened(String value) {
    return value.substring(0, Math.min(100, value.length())) + "…";
  }
}
