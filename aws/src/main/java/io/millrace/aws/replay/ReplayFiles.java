package io.millrace.aws.replay;

import io.millrace.aws.cloudtrail.KeyKind;
import io.millrace.aws.cloudtrail.TrailKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files that the user named: files, folders with all below them, and globs. */
public final class ReplayFiles {
  private static final Pattern DELIVERY_TIME = Pattern.compile("_(\\d{8}T\\d{4}Z)_");
  private static final String GLOB_CHARACTERS = "*?[{";

  private ReplayFiles() {}

  /**
   * Answers the files in order of their delivery time as in their names, then by path. In folders
   * and globs, files that cannot hold records (digests, other services) are left out; a file named
   * by itself is always taken.
   *
   * @throws NoSuchFileException when an input names nothing
   */
  public static List<ReplayFile> find(List<String> inputs) throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (String input : inputs) {
      Set<Path> named = new LinkedHashSet<>();
      collect(input, named);
      found.addAll(named);
      if (named.isEmpty()) {
        throw new NoSuchFileException(
            input, null, "no CloudTrail file (.json, .json.gz, .jsonl) is there");
      }
    }
    List<ReplayFile> files = new ArrayList<>();
    for (Path path : found) {
      files.add(new ReplayFile(path, Files.size(path), Files.getLastModifiedTime(path).toMillis()));
    }
    files.sort(Comparator.comparing(ReplayFiles::deliveryTime).thenComparing(ReplayFile::path));
    return files;
  }

  private static String deliveryTime(ReplayFile file) {
    Matcher time = DELIVERY_TIME.matcher(String.valueOf(file.path().getFileName()));
    return time.find() ? time.group(1) : "";
  }

  private static void collect(String input, Set<Path> found) throws IOException {
    if (!isGlob(input)) {
      Path path = Path.of(input).toAbsolutePath().normalize();
      if (Files.isDirectory(path)) {
        walk(path, _ -> true, found);
      } else if (Files.isRegularFile(path)) {
        found.add(path);
      }
      return;
    }
    int wild = firstWild(input);
    int slash = input.lastIndexOf('/', wild);
    Path base = Path.of(slash < 0 ? "." : slash == 0 ? "/" : input.substring(0, slash));
    base = base.toAbsolutePath().normalize();
    String pattern = base + (base.toString().endsWith("/") ? "" : "/") + input.substring(slash + 1);
    if (Files.isDirectory(base)) {
      walk(base, FileSystems.getDefault().getPathMatcher("glob:" + pattern), found);
    }
  }

  private static boolean isGlob(String input) {
    return firstWild(input) >= 0 && !Files.exists(Path.of(input));
  }

  private static int firstWild(String input) {
    for (int i = 0; i < input.length(); i++) {
      if (GLOB_CHARACTERS.indexOf(input.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static void walk(Path folder, PathMatcher matcher, Set<Path> found) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .filter(matcher::matches)
          .filter(Files::isRegularFile)
          .filter(ReplayFiles::mayHoldRecords)
          .sorted()
          .forEach(found::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean mayHoldRecords(Path path) {
    if (String.valueOf(path.getFileName()).startsWith(".")) {
      return false;
    }
    KeyKind kind = TrailKey.of(path.toString().replace('\\', '/')).kind();
    return kind.mayHoldRecords();
  }
}
