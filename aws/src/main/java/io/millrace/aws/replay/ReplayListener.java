package io.millrace.aws.replay;

/** Hears how far a replay is: often, and on the replay's own thread, so it must be quick. */
@FunctionalInterface
public interface ReplayListener {
  void progress(ReplayProgress progress);
}
