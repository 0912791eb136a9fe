package io.millrace.engine.logic;

/** Runs {@link SetParam}: all values are rendered from the data before, then all are written. */
final class SetParamRun {
  private SetParamRun() {}

  static Outcome run(SetParam logic, LogicContext context) {
    Assignments.Rendered rendered = logic.extra().render(context.scope());
    long tooLarge = context.write(rendered.writeInto(context.data()), rendered.bytes());
    return tooLarge == 0
        ? Outcome.Continue.INSTANCE
        : new Outcome.Failed(LogicError.size(SetParam.FAMILY, tooLarge, context.dataBytesMax()));
  }
}
