package io.millrace.engine.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The built-in functions by name. */
final class Functions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Names of digest functions, without {@code _hex}, and the algorithms behind them. */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha224", "SHA-224",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512");

  private static final String HEX = "_hex";

  private Functions() {}

  /** Whether functions of this name compute on Erlang terms, which this engine cannot evaluate. */
  static boolean needsErlang(String name) {
    return name.equals("map") || name.equals("filter");
  }

  static boolean isKnown(String name) {
    return switch (name) {
      case "math", "random", "unixtime", "date", "base64_encode", "map", "filter" -> true;
      default -> DIGESTS.containsKey(name.endsWith(HEX) ? stem(name) : name);
    };
  }

  /** Whether a time zone may follow the call, as in {@code $.date(%h).tz('Europe/Kyiv')}. */
  static boolean takesZone(String name) {
    return name.equals("unixtime") || name.equals("date");
  }

  /** Compiles a call of a known function. */
  static Function compile(String name, Template argument, @Nullable ZoneId zone) {
    return switch (name) {
      case "math" -> new MathFunction(argument);
      case "random" -> new RandomFunction(argument);
      case "unixtime" -> new DateFunction(argument, zone, true);
      case "date" -> new DateFunction(argument, zone, false);
      case "base64_encode" -> new Base64Function(argument);
      default -> digest(name, argument);
    };
  }

  static ZoneId zone(String id, int position) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw TemplateException.at(
          position, "'" + id + "' is not a time zone; write an area and a city like Europe/Kyiv");
    }
  }

  private static Function digest(String name, Template argument) {
    boolean hex = name.endsWith(HEX);
    String algorithm = DIGESTS.get(hex ? stem(name) : name);
    if (algorithm == null) {
      throw new IllegalArgumentException("No function '" + name + "'");
    }
    return new DigestFunction(algorithm, hex, argument);
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - HEX.length());
  }

  private record Base64Function(Template argument) implements Function {
    @Override
    public JsonNode call(Scope scope) {
      return NODES.stringNode(Base64.getEncoder().encodeToString(bytes(argument, scope)));
    }
  }

  private record DigestFunction(String algorithm, boolean hex, Template argument)
      implements Function {
    @Override
    public JsonNode call(Scope scope) {
      byte[] digest = newDigest(algorithm).digest(bytes(argument, scope));
      return hex ? NODES.stringNode(HexFormat.of().formatHex(digest)) : NODES.binaryNode(digest);
    }

    private static MessageDigest newDigest(String algorithm) {
      try {
        return MessageDigest.getInstance(algorithm);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("This Java runtime has no " + algorithm, e);
      }
    }
  }

  /** The argument as bytes: those of a digest as they are, anything else as UTF-8 text. */
  private static byte[] bytes(Template argument, Scope scope) {
    return argument.rawValue(scope) instanceof BinaryNode binary
        ? binary.binaryValue()
        : argument.rawText(scope).getBytes(StandardCharsets.UTF_8);
  }
}
