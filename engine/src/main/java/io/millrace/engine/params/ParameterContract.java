package io.millrace.engine.params;

import io.millrace.engine.condition.BoundedPattern;
import io.millrace.engine.json.Coercion;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.TextForm;
import io.millrace.engine.json.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The compiled parameter declarations of a process. They refuse data, but never change nor filter
 * it: what is not declared passes, and so does what is declared as neither input nor output.
 */
public final class ParameterContract {
  /** The contract of a process that declares nothing. */
  public static final ParameterContract NONE = new ParameterContract(List.of());

  /** Most declarations of one process. */
  public static final int PARAMETERS_MAX = 1_000;

  private static final String MASK = "***";
  private static final String REQUIRED_ERROR = "required";
  private static final String REGEX_ERROR = "value does not match the regular expression";

  private enum Flag {
    REQUIRED,
    INPUT,
    OUTPUT,
    AUTO_CLEAR
  }

  private record Parameter(
      String name,
      ParameterPath path,
      ValueType type,
      Set<Flag> flags,
      @Nullable BoundedPattern pattern,
      String patternError) {}

  private final List<Parameter> inputs;
  private final List<Parameter> outputs;
  private final List<Parameter> masked;

  private ParameterContract(List<Parameter> parameters) {
    inputs = having(parameters, Flag.INPUT);
    outputs = having(parameters, Flag.OUTPUT);
    masked = having(parameters, Flag.AUTO_CLEAR);
  }

  private static List<Parameter> having(List<Parameter> parameters, Flag flag) {
    return parameters.stream().filter(parameter -> parameter.flags.contains(flag)).toList();
  }

  /**
   * Compiles declarations as they stand in process files; missing descriptions, flags and
   * expressions count as empty. Fails with {@link ParameterContractException}.
   */
  public static ParameterContract compile(ArrayNode params) {
    if (params.isEmpty()) {
      return NONE;
    }
    if (params.size() > PARAMETERS_MAX) {
      throw new ParameterContractException(
          "%d parameters are declared, at most %d are possible"
              .formatted(params.size(), PARAMETERS_MAX));
    }
    List<Parameter> parameters = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < params.size(); i++) {
      Parameter parameter = new Declaration(i, params.get(i)).compile();
      if (!names.add(parameter.name)) {
        throw new ParameterContractException(
            "params[%d].name '%s' is declared twice; remove one".formatted(i, parameter.name));
      }
      parameters.add(parameter);
    }
    return new ParameterContract(parameters);
  }

  /** The first violation by the data of a new task, or null. */
  public @Nullable Violation check(ObjectNode data) {
    for (Parameter parameter : inputs) {
      for (JsonNode value : parameter.path.values(data)) {
        Violation violation = checkInput(parameter, value);
        if (violation != null) {
          return violation;
        }
      }
    }
    return null;
  }

  /** The first violation by the data of a reply, or null; only expressions bind a reply. */
  public @Nullable Violation checkReply(ObjectNode reply) {
    for (Parameter parameter : outputs) {
      for (JsonNode value : parameter.path.values(reply)) {
        Violation violation = checkPattern(parameter, value);
        if (violation != null) {
          return violation;
        }
      }
    }
    return null;
  }

  /** Data as views of finished tasks show it: without the values to be cleared. */
  public ObjectNode mask(ObjectNode data) {
    ObjectNode shown = data;
    for (Parameter parameter : masked) {
      shown = parameter.path.replace(shown, _ -> JsonNodeFactory.instance.stringNode(MASK));
    }
    return shown;
  }

  private static @Nullable Violation checkInput(Parameter parameter, @Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return parameter.flags.contains(Flag.REQUIRED)
          ? Violation.of(parameter.name, REQUIRED_ERROR)
          : null;
    }
    if (Coercion.tryConvert(value, parameter.type) == null) {
      return Violation.conversion(parameter.name, TextForm.of(value), parameter.type);
    }
    return checkPattern(parameter, value);
  }

  private static @Nullable Violation checkPattern(Parameter parameter, @Nullable JsonNode value) {
    boolean matches =
        parameter.pattern == null || value == null || parameter.pattern.find(TextForm.of(value));
    return matches ? null : Violation.of(parameter.name, parameter.patternError);
  }

  /** One element of the wire form; every error names the element and its field. */
  private record Declaration(int index, JsonNode wire) {

    Parameter compile() {
      if (!wire.isObject()) {
        throw invalid("", wire, "an object with name and type");
      }
      String name = text("name");
      ValueType type = ValueType.of(text("type"));
      if (type == null) {
        throw invalid(".type", wire.get("type"), "string, number, boolean, object or array");
      }
      text("descr");
      String regexError = text("regex_error_text");
      return new Parameter(
          name,
          path(name),
          type,
          flags(),
          pattern(),
          regexError.isEmpty() ? REGEX_ERROR : regexError);
    }

    private ParameterPath path(String name) {
      try {
        return ParameterPath.compile(name);
      } catch (JsonPathException e) {
        throw new ParameterContractException(
            "params[%d].name: %s".formatted(index, e.getMessage()));
      }
    }

    private @Nullable BoundedPattern pattern() {
      String regex = text("regex");
      if (regex.isEmpty()) {
        return null;
      }
      boolean delimited = regex.length() > 2 && regex.startsWith("/") && regex.endsWith("/");
      BoundedPattern pattern =
          BoundedPattern.compile(delimited ? regex.substring(1, regex.length() - 1) : regex);
      if (pattern == null) {
        throw invalid(".regex", wire.get("regex"), "a regular expression");
      }
      return pattern;
    }

    private Set<Flag> flags() {
      Set<Flag> flags = new HashSet<>();
      JsonNode list = wire.get("flags");
      if (list == null || list.isNull()) {
        return flags;
      }
      if (!list.isArray()) {
        throw invalid(".flags", list, "an array");
      }
      for (JsonNode flag : list) {
        flags.add(flag(flag));
      }
      return flags;
    }

    private Flag flag(JsonNode wireFlag) {
      return switch (TextForm.of(wireFlag)) {
        case "required" -> Flag.REQUIRED;
        case "input" -> Flag.INPUT;
        case "output" -> Flag.OUTPUT;
        case "auto-clear" -> Flag.AUTO_CLEAR;
        default -> throw invalid(".flags", wireFlag, "required, input, output or auto-clear");
      };
    }

    private String text(String field) {
      JsonNode value = wire.get(field);
      if (value == null || value.isNull()) {
        return "";
      }
      if (!value.isString()) {
        throw invalid("." + field, value, "a string");
      }
      return value.stringValue();
    }

    private ParameterContractException invalid(
        String field, @Nullable JsonNode value, String expected) {
      String shown = value == null ? "missing" : "'" + shortened(TextForm.of(value)) + "'";
      return new ParameterContractException(
          "params[%d]%s is %s, expected %s".formatted(index, field, shown, expected));
    }

    private static String shortened(String text) {
      int charsMax = 100;
      return text.length() <= charsMax ? text : text.substring(0, charsMax) + "...";
    }
  }
}
