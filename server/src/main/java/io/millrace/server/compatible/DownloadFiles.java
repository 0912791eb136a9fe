package io.millrace.server.compatible;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exported files, for a day. A file's name holds 128 random bits, so knowing it is permission to
 * read it; names are checked before they get near the file system.
 */
public final class DownloadFiles {
  static final String PATH = "/user_downloads/";

  private static final Logger LOG = LoggerFactory.getLogger(DownloadFiles.class);
  private static final long KEPT_MILLIS = 24 * 3_600_000L;
  private static final long BYTES_MAX = 2L * 1024 * 1024 * 1024;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,120}_[0-9a-f]{32}\\.(json|zip|csv)");

  private final Path folder;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param folder where the files are; made when absent
   */
  public DownloadFiles(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Stores a file and answers the name under which it can be fetched. */
  String put(String name, byte[] content) {
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    int dot = name.lastIndexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).replaceAll("[^A-Za-z0-9_-]", "_");
    String extension = dot < 0 ? ".json" : name.substring(dot);
    String unique =
        stem.substring(0, Math.min(stem.length(), 100))
            + "_"
            + HexFormat.of().formatHex(secret)
            + extension;
    if (!NAME.matcher(unique).matches()) {
      throw new IllegalArgumentException(
          "Expected a name of an export such as conv_1_1700000000.json, but got " + name);
    }
    try {
      Files.createDirectories(folder);
      if (dropOld() + content.length > BYTES_MAX) {
        throw OpException.of("Too many requests: limit is reached");
      }
      Files.write(folder.resolve(unique), content, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return unique;
  }

  /** The content of a file that is still there. */
  Optional<byte[]> get(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = folder.resolve(name);
    try {
      if (!Files.isRegularFile(file) || isOld(file)) {
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      LOG.warn("Cannot read the export {}", file, e);
      return Optional.empty();
    }
  }

  /** Deletes what is older than a day; answers how many bytes are left. */
  private long dropOld() throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (isOld(file)) {
          Files.deleteIfExists(file);
        } else {
          bytes += Files.size(file);
        }
      }
    }
    return bytes;
  }

  private boolean isOld(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis() < clock.millis() - KEPT_MILLIS;
  }
}
