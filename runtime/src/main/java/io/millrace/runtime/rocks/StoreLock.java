package io.millrace.runtime.rocks;

import io.millrace.runtime.host.HostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder to one process, and tells a second one who has it. RocksDB has a lock of its own,
 * but not for reading only, and it cannot name the holder.
 */
final class StoreLock implements AutoCloseable {
  private static final String FILE = "millrace.lock";
  private static final int HOLDER_BYTES_MAX = 64;

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  static StoreLock take(Path folder) {
    Path file = folder.resolve(FILE);
    FileChannel channel = null;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        String holder = holder(channel);
        channel.close();
        throw new HostException(
            HostException.Kind.LOCKED,
            ("The store in %s is in use by another process%s. Stop that process, or choose another"
                    + " folder.")
                .formatted(folder, holder));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
      return new StoreLock(channel);
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.FAILED,
          ("The lock file %s cannot be used: %s. Check that the folder exists, that this user may"
                  + " write there, and that the disk has space.")
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(HOLDER_BYTES_MAX);
    channel.read(text, 0);
    String id = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    return id.isEmpty() ? "" : " (process id " + id + ")";
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.FAILED,
          "The store's lock could not be released: " + e.getMessage(),
          e);
    }
  }
}
