package io.millrace.engine.logic;

import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.Message;
import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.state.Rest;

/** Runs any logic, and hands later results to the logic that waits for them. */
public final class LogicRun {
  private LogicRun() {}

  /** Runs the logic from its beginning. */
  public static Outcome run(Logic logic, LogicContext context) {
    return guarded(
        logic,
        () ->
            switch (logic) {
              case Go go -> new Outcome.Leave(go.target());
              case GoIfConst condition ->
                  condition.holds(context.scope())
                      ? new Outcome.Leave(condition.target())
                      : Outcome.Continue.INSTANCE;
              case SetParam set -> SetParamRun.run(set, context);
              case ApiCopy copy -> ApiCopyRun.run(copy, context);
              case ApiCall call -> ApiCallRun.run(call, context);
              case ApiCallback callback -> new Outcome.Wait(Rest.CALLBACK);
              case Notify notify -> NotifyRun.run(notify, context);
              case UnsupportedLogic other -> new Outcome.Wait(Rest.CANCELED);
            });
  }

  /** Takes the result of the effect that the logic asked for. */
  public static Outcome finish(Logic logic, LogicContext context, EffectResult result) {
    return guarded(
        logic,
        () ->
            switch (logic) {
              case ApiCall call -> ApiCallAnswer.finish(call, context, result);
              case Notify notify -> NotifyRun.finish(notify, context, result);
              case Go other -> Outcome.Continue.INSTANCE;
              case GoIfConst other -> Outcome.Continue.INSTANCE;
              case SetParam other -> Outcome.Continue.INSTANCE;
              case ApiCopy other -> Outcome.Continue.INSTANCE;
              case ApiCallback other -> Outcome.Continue.INSTANCE;
              case UnsupportedLogic other -> Outcome.Continue.INSTANCE;
            });
  }

  /** Takes the acknowledgement of a copy. */
  public static Outcome acknowledge(Logic logic, LogicContext context, Message.Outcome outcome) {
    return logic instanceof ApiCopy copy
        ? guarded(logic, () -> ApiCopyRun.finish(copy, context, outcome))
        : Outcome.Continue.INSTANCE;
  }

  /** The wait for a permit took too long. */
  public static Outcome permitExpired(Logic logic, LogicContext context) {
    return logic instanceof ApiCall call
        ? ApiCallRun.expired(call, context)
        : Outcome.Continue.INSTANCE;
  }

  /** What may fail by the task's own data becomes the logic's failure. */
  private static Outcome guarded(Logic logic, Run run) {
    try {
      return run.run();
    } catch (ConversionException | JsonPathException e) {
      String text = e.getMessage() == null ? "" : e.getMessage();
      return new Outcome.Failed(LogicError.conversion(family(logic), text));
    }
  }

  private static ErrorFamily family(Logic logic) {
    return switch (logic) {
      case ApiCopy copy -> copy.family();
      case ApiCall call -> ErrorFamily.API;
      case Notify notify -> ErrorFamily.NOTIFY;
      case SetParam set -> ErrorFamily.SET_PARAM;
      case Go other -> ErrorFamily.SET_PARAM;
      case GoIfConst other -> ErrorFamily.SET_PARAM;
      case ApiCallback other -> ErrorFamily.SET_PARAM;
      case UnsupportedLogic other -> ErrorFamily.SET_PARAM;
    };
  }

  private interface Run {
    Outcome run();
  }
}
