package io.millrace.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.house.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code millrace} in a copy of an empty checkout, with a doctored environment: its path
 * holds only what the test put there, and programs that tell how they were called.
 */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "env",
          "sh",
          "cat",
          "grep",
          "sed",
          "tr",
          "find",
          "head",
          "dirname",
          "readlink",
          "mkdir",
          "rm",
          "mv",
          "cp",
          "touch",
          "sleep",
          "uname",
          "ls",
          "id");

  @TempDir Path folder = Path.of("");

  private final Map<String, String> environment = new TreeMap<>();
  private Path checkout = Path.of("");
  private Path tools = Path.of("");

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a checkout"));
    Files.copy(Repository.root().resolve("millrace"), checkout.resolve("millrace"));
    Files.createDirectories(checkout.resolve("app/src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin/", "/bin/", "/opt/homebrew/bin/")) {
        if (Files.exists(Path.of(place + tool)) && Files.notExists(tools.resolve(tool))) {
          program(tool, "exec " + place + tool + " \"$@\"");
        }
      }
    }
    environment.put("PATH", tools.toString());
    environment.put("HOME", folder.resolve("nobody").toString());
    environment.put("MILLRACE_JDK_FOLDERS", folder.resolve("installed").toString());
  }

  @Test
  void withoutArgumentsItShowsTheCommandsAndBuildsNothing() throws Exception {
    Outcome outcome = millrace();

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("Usage: ./millrace <command>", "demo", "audit", "test");
    assertThat(checkout.resolve("target")).doesNotExist();
  }

  @Test
  void anUnknownCommandIsAnError() throws Exception {
    Outcome outcome = millrace("serve");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("there is no command 'serve'");
  }

  @Test
  void withoutAnyJavaItSaysHowToGetIt() throws Exception {
    Outcome outcome = millrace("version");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains(
            "no JDK 25 or newer was found",
            "sudo apt-get install openjdk-25-jdk",
            "sudo dnf install java-25-openjdk-devel",
            "brew install openjdk@25");
  }

  @Test
  void anOldJavaIsNamedAmongWhatWasLookedAt() throws Exception {
    Path old = jdk("old", "17.0.12");
    environment.put("JAVA_HOME", old.toString());

    Outcome outcome = millrace("version");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Java 17  " + old);
  }

  @Test
  void aRuntimeWithoutCompilerIsNotEnoughToBuild() throws Exception {
    Path runtime = jdk("jre", "25.0.1");
    Files.delete(runtime.resolve("bin/javac"));
    environment.put("JAVA_HOME", runtime.toString());

    assertThat(millrace("version").err()).contains(runtime + " (has no javac: a runtime only)");
  }

  @Test
  void aNewerInstalledJavaIsTakenWhenJavaHomeIsOld() throws Exception {
    environment.put("JAVA_HOME", jdk("old", "17.0.12").toString());
    Path good = jdk("installed/jdk-25", "25.0.1");
    built();

    assertThat(millrace("version").out()).contains("java of " + good);
  }

  @Test
  void javaHomeGoesBeforeThePath() throws Exception {
    Path home = jdk("home", "26");
    environment.put("JAVA_HOME", home.toString());
    Path onPath = jdk("on-path", "25.0.1");
    Files.createSymbolicLink(tools.resolve("java"), onPath.resolve("bin/java"));
    built();

    assertThat(millrace("version").out()).contains("java of " + home);
  }

  @Test
  void theJavaOnThePathIsFoundThroughItsLinks() throws Exception {
    Path onPath = jdk("on-path", "25.0.1");
    Path alternatives = folder.resolve("alternatives-java");
    Files.createSymbolicLink(alternatives, onPath.resolve("bin/java"));
    Files.createSymbolicLink(tools.resolve("java"), alternatives);
    built();

    assertThat(millrace("version").out()).contains("java of " + onPath.toRealPath());
  }

  @Test
  void aMacInstallationIsFound() throws Exception {
    Path mac = jdk("installed/temurin-25.jdk/Contents/Home", "25.0.1");
    built();

    assertThat(millrace("version").out()).contains("java of " + mac);
  }

  @Test
  void withoutMavenItSaysHowToGetIt() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "25.0.1").toString());

    Outcome outcome = millrace("version");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Maven (mvn) is needed", "sudo apt-get install maven");
  }

  @Test
  void withAnOldNodeItSaysWhichIsNeeded() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "25.0.1").toString());
    program("mvn", "exit 0");
    program("node", "echo v16.20.2");
    program("npm", "exit 0");
    Files.createDirectories(checkout.resolve("console"));
    Files.writeString(checkout.resolve("console/package.json"), "{}");

    assertThat(millrace("version").err())
        .contains("Node 20 or newer is needed to build the console; found 16.20.2");
  }

  @Test
  void itBuildsOnceAndThenOnlyWhenASourceIsNewer() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "25.0.1").toString());
    fakeMaven("exit 0");

    assertThat(millrace("version").err()).contains("Building Millrace", "[1/1]  Millrace engine");
    assertThat(millrace("version").err()).doesNotContain("Building");
    Path source = checkout.resolve("app/src/main/New.java");
    Files.writeString(source, "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(millrace("version").err()).contains("Building Millrace");
  }

  @Test
  void argumentsReachTheProgramUnchanged() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "25.0.1").toString());
    environment.put("MILLRACE_JAVA_OPTS", "-Xmx1g -Da=b");
    built();

    String out = millrace("replay", "a file", "*.json", "--to", "").out();

    assertThat(out).contains("<-Xmx1g> <-Da=b>");
    assertThat(out.strip()).endsWith("<io.millrace.app.Main> <replay> <a file> <*.json> <--to> <>");
  }

  @Test
  void aFailedBuildShowsTheErrorsAndWhereTheRestIs() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "25.0.1").toString());
    fakeMaven("echo '[ERROR] Main.java:[3,1] cannot find symbol'; exit 1");

    Outcome outcome = millrace("version");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("[ERROR] Main.java:[3,1] cannot find symbol", "the build failed", "build.log");
    assertThat(checkout.resolve("app/target/millrace")).doesNotExist();
    assertThat(checkout.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void theLockOfADeadBuildIsTakenOver() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "25.0.1").toString());
    fakeMaven("exit 0");
    Path lock = Files.createDirectories(checkout.resolve("target/build.lock"));
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(lock.resolve("pid"), Long.toString(gone.pid()));

    assertThat(millrace("version").code()).isZero();
  }

  @Test
  void itWorksThroughALink() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "25.0.1").toString());
    built();
    Path link = folder.resolve("mr");
    Files.createSymbolicLink(link, checkout.resolve("millrace"));

    assertThat(run(List.of(link.toString(), "version")).out()).contains("<version>");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        "printf 'java of %s\\n' '" + home + "'; printf '<%s> ' \"$@\"; printf '\\n'");
    script(home.resolve("bin/javac"), "exit 0");
    return home;
  }

  /** A build that is newer than all sources. */
  private void built() throws IOException {
    Path out = Files.createDirectories(checkout.resolve("app/target/millrace"));
    Files.writeString(out.resolve("classpath"), "some.jar");
    Files.writeString(out.resolve("stamp"), "");
    Files.setLastModifiedTime(out.resolve("stamp"), FileTime.from(Instant.now().plusSeconds(2)));
  }

  private void fakeMaven(String end) throws IOException {
    program(
        "mvn",
        "echo '[INFO] Building Millrace engine 0.1.0-SNAPSHOT                     [1/1]'\n"
            + "mkdir -p app/target/assembly/lib && touch app/target/assembly/lib/a.jar\n"
            + end);
  }

  private void program(String name, String body) throws IOException {
    script(tools.resolve(name), body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome millrace(String... arguments) throws Exception {
    return run(
        Stream.concat(Stream.of(checkout.resolve("millrace").toString()), Stream.of(arguments))
            .toList());
  }

  private Outcome run(List<String> command) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    List<String> full = new ArrayList<>(List.of("/bin/bash"));
    full.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(full)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The launcher hangs; it said: " + Files.readString(err));
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Outcome(int code, String out, String err) {}
}
