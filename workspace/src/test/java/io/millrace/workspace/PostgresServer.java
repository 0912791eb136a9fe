package io.millrace.workspace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One PostgreSQL server for all tests of this JVM, in a temporary folder; stopped at its end. */
final class PostgresServer {
  private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");

  private final String url;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(String url) {
    this.url = url;
  }

  static boolean isInstalled() {
    return binaries().isPresent();
  }

  static PostgresServer shared() {
    return Holder.SERVER;
  }

  /** Creates a database and answers its JDBC URL. */
  String newDatabase() {
    String name = "test" + databases.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(url + "postgres", "millrace", "");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not create " + name, e);
    }
    return url + name;
  }

  private static final class Holder {
    static final PostgresServer SERVER = start();
  }

  private static Optional<Path> binaries() {
    if (!Files.isDirectory(INSTALLATIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static PostgresServer start() {
    try {
      Path bin = binaries().orElseThrow();
      Path folder = Files.createTempDirectory("millrace-postgres");
      boolean root = System.getProperty("user.name").equals("root");
      if (root) {
        Files.setOwner(
            folder,
            folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
      }
      int port = freePort();
      run(
          root,
          folder,
          bin.resolve("initdb").toString(),
          "-D",
          folder + "/data",
          "-U",
          "millrace",
          "-A",
          "trust",
          "--no-sync",
          "-E",
          "UTF8",
          "--locale=C");
      Process server =
          process(
                  root,
                  folder,
                  bin.resolve("postgres").toString(),
                  "-D",
                  folder + "/data",
                  "-p",
                  Integer.toString(port),
                  "-h",
                  "127.0.0.1",
                  "-k",
                  folder.toString(),
                  "-c",
                  "fsync=off",
                  "-c",
                  "max_connections=200")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/";
      awaitConnection(server, url);
      return new PostgresServer(url);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("PostgreSQL did not start", e);
    }
  }

  private static void awaitConnection(Process server, String url) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try (Connection connection = DriverManager.getConnection(url + "postgres", "millrace", "")) {
        connection.getMetaData();
        return;
      } catch (SQLException notYet) {
        if (server.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
          throw new IllegalStateException("PostgreSQL did not accept connections", notYet);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void run(boolean root, Path folder, String... command)
      throws IOException, InterruptedException {
    Process process = process(root, folder, command).start();
    if (process.waitFor() != 0) {
      throw new IOException(
          String.join(" ", command) + ": " + Files.readString(folder.resolveSibling(log(folder))));
    }
  }

  /** The server refuses to run as root: there it runs as nobody. */
  private static ProcessBuilder process(boolean root, Path folder, String... command) {
    List<String> line = new ArrayList<>();
    if (root) {
      line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    line.addAll(List.of(command));
    return new ProcessBuilder(line)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(folder.resolveSibling(log(folder)).toFile()));
  }

  private static String log(Path folder) {
    return folder.getFileName() + ".out";
  }

  private static void stop(Process server, Path folder) {
    try {
      // SIGQUIT: at once and without waiting for connections; nothing here is worth keeping.
      new ProcessBuilder("kill", "-QUIT", Long.toString(server.pid())).start().waitFor();
      if (!server.waitFor(5, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(folder.resolveSibling(log(folder)));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("PostgreSQL of the tests left " + folder + ": " + e);
    }
  }
}
