package io.millrace.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** House rules about files. */
class RepositoryTest {
  private static final int LINES_MAX = 500;

  /** Sources: what a person reads and changes. */
  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(java|ts|tsx|py|sh|css)|millrace|\\.ci/[a-z]+");

  /** Folders of one person's machine; {@code /usr} and {@code /opt} are everybody's. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile(
          "(^|[^\\w.\\-/}])/(work|root|home/\\w+|Users/\\w+|private/var)/|[A-Z]:\\\\+Users");

  private static final Pattern TEXT =
      Pattern.compile(
          ".*\\.(java|ts|tsx|js|py|sh|css|html|xml|json|md|sql|conf|properties|ya?ml|toml)"
              + "|millrace|\\.ci/[a-z]+");

  /** Goal: no file needs a scroll bar of its own. Files longer than the bound may only shrink. */
  @Test
  void noSourceGrowsPastItsBound() {
    Map<String, Integer> ratchet =
        Repository.lines(Path.of("app/src/test/resources/house/long-files.txt")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.strip().split("\\s+"))
            .collect(Collectors.toMap(parts -> parts[1], parts -> Integer.valueOf(parts[0])));
    List<String> tooLong = new ArrayList<>();
    for (Path file : Repository.files()) {
      if (SOURCE.matcher(file.toString()).matches()) {
        int lines = Repository.lines(file).size();
        int bound = Math.max(LINES_MAX, ratchet.getOrDefault(file.toString(), 0));
        if (lines > bound) {
          tooLong.add(file + " has " + lines + " lines; its bound is " + bound);
        }
      }
    }
    assertThat(tooLong).as("split these by responsibility").isEmpty();
  }

  @Test
  void theRatchetNamesOnlyFilesThatNeedIt() {
    List<String> needless =
        Repository.lines(Path.of("app/src/test/resources/house/long-files.txt")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.strip().split("\\s+")[1])
            .filter(name ->
                Files.notExists(Repository.root().resolve(name))
                    || Repository.lines(Path.of(name)).size() <= LINES_MAX)
            .toList();
    assertThat(needless).as("remove these lines from the ratchet").isEmpty();
  }

  @Test
  void noFileNamesAFolderOfOneMachine() {
    List<String> found = new ArrayList<>();
    for (Path file : Repository.files()) {
      if (!TEXT.matcher(file.toString()).matches() || file.endsWith("RepositoryTest.java")) {
        continue;
      }
      List<String> lines = Repository.lines(file);
      for (int index = 0; index < lines.size(); index++) {
        if (MACHINE_PATH.matcher(lines.get(index)).find()) {
          found.add(file + ":" + (index + 1) + ": " + lines.get(index).strip());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void lockFilesHaveNoDownloadAddresses() {
    List<String> found = new ArrayList<>();
    for (Path file : Repository.files()) {
      if (file.endsWith("package-lock.json")) {
        Repository.lines(file).stream()
            .filter(line -> line.contains("\"resolved\""))
            .findFirst()
            .ifPresent(line -> found.add(file + ": " + line.strip()));
      }
    }
    assertThat(found).as("npm config: omit-lockfile-registry-resolved=true").isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    List<String> without = new ArrayList<>();
    for (Path file : Repository.files()) {
      Path folder = file.getParent();
      if (file.toString().contains("src/main/java/") && file.toString().endsWith(".java")) {
        Path info = Repository.root().resolve(folder).resolve("package-info.java");
        if (Files.notExists(info) || !Files.readString(info).contains("@NullMarked")) {
          without.add(folder.toString());
        }
      }
    }
    assertThat(without.stream().distinct()).isEmpty();
  }

  @Test
  void everyModuleIsListedInTheDependencyPage() {
    Path page = Repository.root().resolve("docs/dependencies.md");
    List<String> parts =
        Repository.files().stream()
            .filter(file -> file.startsWith("docs/dependencies.d"))
            .map(file -> "dependencies.d/" + file.getFileName())
            .toList();
    assertThat(page).content().contains(parts);
  }

  /** The page names files so that a reader can open them; a moved file must not leave it behind. */
  @Test
  void theFilesThatTheArchitecturePageNamesAreThere() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/architecture.md"));
    List<String> missing =
        Pattern.compile("`([a-z]+/src/[\\w/]+\\.\\w+)`")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .filter(name -> Files.notExists(Repository.root().resolve(name)))
            .toList();
    assertThat(missing).isEmpty();
  }
}
