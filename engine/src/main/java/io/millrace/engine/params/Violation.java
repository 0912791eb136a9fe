package io.millrace.engine.params;

import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.ValueType;

/**
 * What data breaks of a contract.
 *
 * @param name the declared parameter
 * @param error the reason alone
 * @param conversion whether the value cannot take the declared type
 * @param text the whole description, as the format words it
 */
public record Violation(String name, String error, boolean conversion, String text) {
  static Violation of(String name, String error) {
    return new Violation(name, error, false, "Param: " + name + ", Error: " + error);
  }

  static Violation conversion(String name, String valueText, ValueType type) {
    String text = ConversionException.message(name, valueText, type);
    return new Violation(name, "Try convert to: " + type.wireName(), true, text);
  }
}
