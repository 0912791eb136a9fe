package io.millrace.app.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class, with a new home, and a client with the first key. */
public final class RunningServer implements BeforeAllCallback, AfterAllCallback {
  private final String[] javaOptions;
  private @Nullable Path folder;
  private @Nullable ServerProcess process;
  private @Nullable ServerClient client;

  public RunningServer(String... javaOptions) {
    this.javaOptions = javaOptions;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("millrace-binary");
    process = ServerProcess.server(home()).java(javaOptions).start();
    client = ServerClient.of(process);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    try {
      client().close();
      process().stop();
    } finally {
      process().close();
      try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
        files.sorted(Comparator.reverseOrder()).forEach(RunningServer::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path home() {
    return Objects.requireNonNull(folder).resolve("home");
  }

  public ServerProcess process() {
    return Objects.requireNonNull(process);
  }

  public ServerClient client() {
    return Objects.requireNonNull(client);
  }
}
