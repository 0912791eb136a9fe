package io.millrace.app.command;

import io.millrace.app.setting.Settings;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;

/** What the commands let the product do; only the root package knows how it is put together. */
public interface Wiring {
  /**
   * Starts the product and returns when it accepts work.
   *
   * @throws CommandException when it cannot start, such as for a taken port or a locked store
   */
  Running start(Settings settings);

  /**
   * Audits the store of a stopped server without changing it.
   *
   * @throws CommandException when it cannot be opened, such as while a server runs on it
   */
  AuditReport audit(Settings settings, AuditProgress progress);
}
