package io.millrace.app.command;

import io.millrace.runtime.host.Host;
import io.millrace.workspace.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

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

  /** Hears every alert from now on; the listener must be quick. */
  void onAlert(Consumer<AlertLine> listener);

  /** Waits until somebody closes it. */
  void awaitClosed() throws InterruptedException;

  /** Stops taking work, finishes what was accepted, makes it durable. Twice does no harm. */
  @Override
  void close();
}
