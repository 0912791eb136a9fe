package io.millrace.app.binary;

import io.millrace.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The product as users run it: a process of its own that listens on a free port of 127.0.0.1. It is
 * ended through its process handle, at the latest when this object is closed.
 */
public final class ServerProcess implements AutoCloseable {
  public static final long API_LOGIN = 4242;
  public static final String API_SECRET = "s3cr3tKeyForTestsOnlys3cr3tKeyForTestsOnly123456";
  public static final String ADMIN_PASSWORD = "correct horse battery staple";

  private static final Pattern READY = Pattern.compile("is ready at (http://127\\.0\\.0\\.1:\\d+)");
  private static final int WAIT_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final StringBuffer out = new StringBuffer();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Thread reader;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    reader = Thread.ofVirtual().start(this::readOut);
  }

  /** How a command of the product is started. */
  public static final class Command {
    private final List<String> javaOptions = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path log;

    private Command(Path log, List<String> arguments) {
      this.log = log;
      this.arguments.addAll(arguments);
      environment.put("MILLRACE_API_LOGIN", Long.toString(API_LOGIN));
      environment.put("MILLRACE_API_SECRET", API_SECRET);
      environment.put("MILLRACE_ADMIN_PASSWORD", ADMIN_PASSWORD);
    }

    public Command java(String... options) {
      javaOptions.addAll(List.of(options));
      return this;
    }

    public Command with(String... more) {
      arguments.addAll(List.of(more));
      return this;
    }

    public Command environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Starts it, and does not wait. */
    public ServerProcess launch() {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // Short lives: the second compiler would only take the processor from what is tested.
      line.addAll(
          List.of(
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-XX:+UseCompactObjectHeaders",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-XX:+ExitOnOutOfMemoryError"));
      line.addAll(javaOptions);
      line.add(Main.class.getName());
      line.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.environment().putAll(environment);
      builder.redirectError(Redirect.appendTo(log.toFile()));
      try {
        return new ServerProcess(builder.start(), log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Starts a server and waits until it says that it is ready. */
    public ServerProcess start() {
      ServerProcess server = launch();
      server.awaitReady();
      return server;
    }

    /** Runs a command to its end. */
    public Outcome run() {
      try (ServerProcess running = launch()) {
        return running.await();
      }
    }
  }

  /** How a process ended. */
  public record Outcome(int code, String out, String err) {}

  /** {@code millrace server --home <home> --port 0}. */
  public static Command server(Path home) {
    return new Command(logOf(home), List.of("server", "--home", home.toString(), "--port", "0"));
  }

  /** Any command; its standard error goes to a file beside the folder. */
  public static Command command(Path home, String... arguments) {
    return new Command(logOf(home), List.of(arguments));
  }

  private static Path logOf(Path home) {
    return home.resolveSibling(home.getFileName() + ".log");
  }

  private void readOut() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        out.append(line).append('\n');
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      out.append(e);
    }
    ready.completeExceptionally(new IllegalStateException("The process ended"));
  }

  public void awaitReady() {
    try {
      ready.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new AssertionError("The server did not become ready.\n" + out + err(), e);
    } catch (InterruptedException e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  public URI address() {
    return ready.join();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}: the process gets no chance to do anything. */
  public void kill() {
    process.toHandle().destroyForcibly();
    await();
  }

  /** {@code SIGTERM}, and the end. */
  public Outcome stop() {
    process.toHandle().destroy();
    return await();
  }

  /** Waits for the end. */
  public Outcome await() {
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        close();
        throw new AssertionError("The process did not end.\n" + out + err());
      }
      reader.join();
      return new Outcome(process.exitValue(), out.toString(), err());
    } catch (InterruptedException e) {
      close();
      throw new IllegalStateException(e);
    }
  }

  public String out() {
    return out.toString();
  }

  /** The log: all that processes of this folder wrote to standard error. */
  public String err() {
    try (InputStream bytes = Files.newInputStream(log)) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
