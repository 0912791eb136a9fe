package io.millrace.app.command;

import io.millrace.alerting.Alerting;
import io.millrace.runtime.host.Host;
import io.millrace.workspace.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The product while it runs. */
public interface Running extends AutoCloseable {
  /** Where the web page and the API are. */
  URI address();

  /** The folder of all data. */
  Path home();

  /** The administrator's password when this start made it up; it is never to be had again. */
  Optional<String> generatedPassword();

  Host host();

  Workspace workspace();

  Alerting alerting();

  /** Waits until somebody closes it. */
  void awaitClosed() throws InterruptedException;

  /** Stops taking work, finishes what was accepted, makes it durable. Twice does no harm. */
  @Override
  void close();
}
