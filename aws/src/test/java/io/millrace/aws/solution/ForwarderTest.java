package io.millrace.aws.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the Lambda function's own tests, so that one command runs everything. */
class ForwarderTest {
  private static final Path FOLDER = Path.of("../solutions/cloudtrail/lambda");

  @Test
  void theFunctionsOwnTestsPass() throws Exception {
    assumeTrue(pythonIsThere(), "no python3");
    ProcessBuilder builder =
        new ProcessBuilder("python3", "-B", "-m", "unittest")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("OK");
    assertThat(process.exitValue()).as(output).isZero();
  }

  private static boolean pythonIsThere() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", "--version").redirectErrorStream(true).start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
