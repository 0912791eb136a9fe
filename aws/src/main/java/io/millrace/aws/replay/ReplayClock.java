package io.millrace.aws.replay;

/** Time, as a replay sees it. */
public interface ReplayClock {
  long millis();

  void sleep(long millis) throws InterruptedException;

  /** The clock on the wall. */
  ReplayClock SYSTEM =
      new ReplayClock() {
        @Override
        public long millis() {
          return System.nanoTime() / 1_000_000;
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
          Thread.sleep(millis);
        }
      };
}
