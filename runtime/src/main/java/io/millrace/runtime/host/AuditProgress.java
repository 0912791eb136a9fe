package io.millrace.runtime.host;

/** Hears how far an audit is. */
@FunctionalInterface
public interface AuditProgress {
  /** {@code total} is an estimate, and may grow. */
  void progress(String stage, long done, long total);
}
