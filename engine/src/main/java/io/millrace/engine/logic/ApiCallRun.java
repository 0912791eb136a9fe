package io.millrace.engine.logic;

import io.millrace.engine.state.Rest;

/**
 * Runs {@link ApiCall}: a permit first, then the request; the answer is {@link ApiCallAnswer}'s.
 */
final class ApiCallRun {
  private ApiCallRun() {}

  static Outcome run(ApiCall logic, LogicContext context) {
    String url = logic.url().renderText(context.scope()).trim();
    if (!hasScheme(url)) {
      return new Outcome.Failed(
          LogicError.software(ErrorFamily.API, "api_bad_answer", "no_scheme"));
    }
    if (!context.acquirePermit(logic.permitsMax())) {
      return new Outcome.Wait(Rest.PERMIT);
    }
    try {
      context.start(ApiCallRequest.build(logic, context, url));
    } catch (ApiCallRequest.BindException e) {
      return new Outcome.Failed(
          LogicError.hardware(
              ErrorFamily.API, "api_bind_error", "Error bind params to http query"));
    }
    return new Outcome.Wait(Rest.EFFECT);
  }

  /** The wait for a permit took too long. */
  static Outcome expired(ApiCall logic, LogicContext context) {
    return new Outcome.Failed(
        LogicError.hardware(
            ErrorFamily.API,
            "api_expire_query",
            "No free thread for "
                + context.settings().permitWaitMillis() / 1000
                + " seconds, max_threads: "
                + logic.permitsMax()));
  }

  private static boolean hasScheme(String url) {
    return url.regionMatches(true, 0, "http://", 0, 7)
        || url.regionMatches(true, 0, "https://", 0, 8);
  }
}
