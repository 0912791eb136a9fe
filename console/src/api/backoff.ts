const DELAY_MILLIS_MIN = 500;
const DELAY_MILLIS_MAX = 15_000;

/** Waits longer after each failure, with jitter so that many pages do not return at once. */
export class Backoff {
  private failures = 0;

  /** `random` is in [0, 1); given from outside so that tests know it. */
  nextMillis(random: number): number {
    const whole = Math.min(DELAY_MILLIS_MAX, DELAY_MILLIS_MIN * 2 ** this.failures);
    this.failures++;
    return whole / 2 + (whole / 2) * random;
  }

  succeeded(): void {
    this.failures = 0;
  }
}
