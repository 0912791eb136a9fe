package io.millrace.aws.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real object store in a child process, on the loopback address only. */
public final class S3MockProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target/s3mock/s3mock.jar");

  private final Process process;
  private final int port;

  private S3MockProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static S3MockProcess start(Path folder, String bucket) throws IOException {
    assumeTrue(Files.exists(JAR), JAR + " is not there; the Maven build puts it there");
    int port = freePort();
    Path log = folder.resolve("s3mock.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Djava.nio.channels.spi.SelectorProvider=" + LoopbackSelectors.class.getName(),
                "-cp",
                JAR.toAbsolutePath() + ":" + Path.of("target/test-classes").toAbsolutePath(),
                "org.springframework.boot.loader.launch.JarLauncher",
                "--server.port=0",
                "--com.adobe.testing.s3mock.httpPort=" + port,
                "--com.adobe.testing.s3mock.store.initialBuckets=" + bucket,
                "--com.adobe.testing.s3mock.store.root=" + folder.resolve("s3mock"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    S3MockProcess started = new S3MockProcess(process, port);
    Awaitility.await("S3Mock, see " + log)
        .atMost(Duration.ofSeconds(90))
        .until(() -> !process.isAlive() || started.answers());
    if (!process.isAlive()) {
      throw new IOException("S3Mock ended: " + Files.readString(log));
    }
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket _ = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
