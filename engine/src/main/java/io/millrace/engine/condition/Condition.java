package io.millrace.engine.condition;

import io.millrace.engine.json.Coercion;
import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.Numbers;
import io.millrace.engine.json.TextForm;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.OutsideRead;
import io.millrace.engine.template.Scope;
import io.millrace.engine.template.Template;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One compiled comparison of a parameter with a constant. Testing it never fails and never changes
 * data: a side that cannot take the type of the comparison makes it false, or true for "not equal".
 */
public final class Condition {
  private final String paramSource;
  private final Operator operator;
  private final ValueType cast;
  private final Template param;
  private final Template constant;

  /** The constant in the type of the comparison; null when it is dynamic or cannot take it. */
  private final @Nullable JsonNode constantValue;

  private final @Nullable BoundedPattern constantPattern;

  private Condition(
      String paramSource, Template param, Operator operator, Template constant, ValueType cast) {
    this.paramSource = paramSource;
    this.param = param;
    this.operator = operator;
    this.constant = constant;
    this.cast = cast;
    boolean fixed = constant.constant();
    this.constantValue =
        fixed
            ? Coercion.tryConvert(JsonNodeFactory.instance.stringNode(constant.source()), cast)
            : null;
    this.constantPattern =
        fixed && operator == Operator.REGEXP ? BoundedPattern.compile(constant.source()) : null;
  }

  /**
   * Compiles a comparison.
   *
   * @param param a template, or the bare path of a parameter
   */
  public static Condition compile(
      String param, Operator operator, String constant, ValueType cast) {
    boolean bare = !param.contains("{{") && !param.contains("$.");
    Template compiled = Template.compile(bare ? "{{" + param + "}}" : param);
    return new Condition(param, compiled, operator, Template.compile(constant), cast);
  }

  /** Whether the comparison holds. */
  public boolean test(Scope scope) {
    try {
      JsonNode left = param.render(scope);
      if (operator == Operator.REGEXP) {
        return matches(left, scope);
      }
      JsonNode right = constant.constant() ? constantValue : typed(constant.render(scope));
      return switch (cast) {
        case STRING -> byText(TextForm.of(left), TextForm.of(right));
        case NUMBER -> byNumber(typed(left), right);
        case BOOLEAN, OBJECT, ARRAY -> byEquality(typed(left), right);
      };
    } catch (ConversionException e) {
      return operator == Operator.NOT_EQ;
    }
  }

  public Operator operator() {
    return operator;
  }

  public String param() {
    return paramSource;
  }

  public String constant() {
    return constant.source();
  }

  public ValueType cast() {
    return cast;
  }

  /** What this condition asks for that the task at hand cannot answer. */
  public List<OutsideRead> outsideReads() {
    return Stream.concat(param.outsideReads().stream(), constant.outsideReads().stream()).toList();
  }

  @Override
  public String toString() {
    return paramSource + " " + operator.wireName() + " " + constant.source();
  }

  private @Nullable JsonNode typed(@Nullable JsonNode value) {
    return Coercion.tryConvert(value, cast);
  }

  private boolean byText(String left, String right) {
    return switch (operator) {
      case EQ -> left.equals(right);
      case NOT_EQ -> !left.equals(right);
      case LESS, MORE, LESS_OR_EQ, MORE_OR_EQ -> ordered(CodePoints.compare(left, right));
      case REGEXP -> false;
    };
  }

  private boolean byNumber(@Nullable JsonNode left, @Nullable JsonNode right) {
    if (left == null || right == null) {
      return operator == Operator.NOT_EQ;
    }
    int order = Numbers.compare(left, right);
    return switch (operator) {
      case EQ -> order == 0;
      case NOT_EQ -> order != 0;
      case LESS, MORE, LESS_OR_EQ, MORE_OR_EQ -> ordered(order);
      case REGEXP -> false;
    };
  }

  private boolean byEquality(@Nullable JsonNode left, @Nullable JsonNode right) {
    boolean equal = left != null && right != null && DeepEquality.equal(left, right);
    return switch (operator) {
      case EQ -> equal;
      case NOT_EQ -> !equal;
      case LESS, MORE, LESS_OR_EQ, MORE_OR_EQ, REGEXP -> false;
    };
  }

  private boolean ordered(int order) {
    return switch (operator) {
      case LESS -> order < 0;
      case MORE -> order > 0;
      case LESS_OR_EQ -> order <= 0;
      case MORE_OR_EQ -> order >= 0;
      case EQ, NOT_EQ, REGEXP -> false;
    };
  }

  private boolean matches(@Nullable JsonNode left, Scope scope) {
    if (cast == ValueType.OBJECT || cast == ValueType.ARRAY) {
      return false;
    }
    JsonNode typed = typed(left);
    BoundedPattern pattern =
        constant.constant() ? constantPattern : BoundedPattern.compile(constant.renderText(scope));
    return typed != null && pattern != null && pattern.find(TextForm.of(typed));
  }
}
