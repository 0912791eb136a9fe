package io.millrace.effects.http;

/** A request under way. */
public interface PendingExchange {
  /** Gives the exchange up and closes its connection; the outcome is then never reported. */
  void abort();
}
