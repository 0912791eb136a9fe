package io.millrace.bench;

import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param value the figure, in {@code unit}
 * @param budget what the architecture asks for, or null
 * @param atLeast whether the budget is a lower bound; else an upper bound
 * @param note how it came about
 */
public record Figure(
    String name, double value, String unit, @Nullable Double budget, boolean atLeast, String note) {

  public static Figure rate(String name, double value, String unit, Double budget, String note) {
    return new Figure(name, value, unit, budget, true, note);
  }

  public static Figure time(String name, double value, String unit, Double budget, String note) {
    return new Figure(name, value, unit, budget, false, note);
  }

  public static Figure plain(String name, double value, String unit, String note) {
    return new Figure(name, value, unit, null, true, note);
  }

  /** {@code yes}, {@code no}, or empty when there is no budget. */
  public String reached() {
    if (budget == null) {
      return "";
    }
    return (atLeast ? value >= budget : value <= budget) ? "yes" : "no";
  }
}
