package io.millrace.app.command;

import io.millrace.app.setting.Settings;

/** Starts the product. The commands only know that it can be started; the root package knows how. */
@FunctionalInterface
public interface Wiring {
  /**
   * Starts and returns when work is accepted.
   *
   * @throws CommandException when it cannot start, such as a taken port or a locked store
   */
  Running start(Settings settings);
}
