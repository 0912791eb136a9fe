package io.millrace.server.wire;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Form encoding: every value is a string, repeated keys become an array. */
public final class Nvp {
  private static final int FIELDS_MAX = 10_000;

  private Nvp() {}

  public static ObjectNode read(byte[] body) {
    return read(new String(body, StandardCharsets.UTF_8));
  }

  /** Reads a form or the query of a URL. */
  public static ObjectNode read(String text) {
    ObjectNode form = Json.object();
    int fields = 0;
    for (String pair : text.trim().split("&", FIELDS_MAX + 1)) {
      if (!pair.isEmpty() && fields++ < FIELDS_MAX) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        add(form, name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static void add(ObjectNode form, String name, String value) {
    JsonNode old = form.get(name);
    if (old == null) {
      form.put(name, value);
    } else if (old instanceof ArrayNode array) {
      array.add(value);
    } else {
      form.set(name, Json.array().add(old).add(value));
    }
  }

  /** Writes the members of an object; objects and arrays in it as JSON text. */
  static byte[] write(JsonNode object) {
    StringBuilder text = new StringBuilder();
    object.forEachEntry((name, value) -> {
      String plain = value.isValueNode() ? value.asString("") : Json.text(value);
      text.append(text.isEmpty() ? "" : "&")
          .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(plain, StandardCharsets.UTF_8));
    });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a lone % is taken as it stands
    }
  }
}
