package io.millrace.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;

/**
 * The demo's data folder. A marker file tells it from a real one, so that {@code --fresh} can never
 * delete data of a server.
 */
final class DemoHome {
  private static final String MARKER = "this-is-a-demo";
  private static final String PASSWORD = "demo-password";

  private final Path folder;

  private DemoHome(Path folder) {
    this.folder = folder;
  }

  static DemoHome open(Path folder, boolean fresh) throws IOException {
    boolean used = Files.isDirectory(folder) && !isEmpty(folder);
    if (used && Files.notExists(folder.resolve(MARKER))) {
      throw new CommandException(
          folder + " holds data that is not of a demo. Name another folder by --home.");
    }
    if (used && fresh) {
      delete(folder);
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(MARKER), "Made by millrace demo; may be deleted.\n");
    return new DemoHome(folder);
  }

  Path folder() {
    return folder;
  }

  /** Where the sample of a day is. */
  Path sample(LocalDate day) throws IOException {
    return Files.createDirectories(folder.resolve("sample").resolve(day.toString()));
  }

  /** Where it is written what the sample of a day hides. */
  Path story(LocalDate day) {
    return folder.resolve("sample").resolve(day.toString()).resolve("story.md");
  }

  /**
   * A demo is started again and again; its password may be kept where only its user can read it.
   */
  void keepPassword(String password) {
    Path file = folder.resolve(PASSWORD);
    try {
      Files.deleteIfExists(file);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String password() {
    try {
      return Files.exists(folder.resolve(PASSWORD))
          ? Files.readString(folder.resolve(PASSWORD)).strip()
          : "(as set by MILLRACE_ADMIN_PASSWORD)";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException trouble)
              throws IOException {
            if (trouble != null) {
              throw trouble;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
