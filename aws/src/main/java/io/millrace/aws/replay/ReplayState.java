package io.millrace.aws.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a replay came, kept in a small file that is replaced as a whole. It only ever says too
 * little: what it calls done is durable in the target.
 */
final class ReplayState {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int VERSION = 1;

  private record Progress(long sizeBytes, long modifiedMillis, long records, boolean done) {}

  private final @Nullable Path path;
  private final String target;
  private final Map<String, Progress> files = new HashMap<>();
  private boolean changed;

  private ReplayState(@Nullable Path path, String target) {
    this.path = path;
    this.target = target;
  }

  /**
   * Reads the state of an earlier replay into the same target; any other starts anew.
   *
   * @param path where it is kept, or null to keep none
   * @param restart forget the earlier replay
   */
  static ReplayState open(@Nullable Path path, String target, boolean restart) throws IOException {
    ReplayState state = new ReplayState(path, target);
    if (path != null && !restart && Files.exists(path)) {
      state.read(path);
    }
    return state;
  }

  private void read(Path from) throws IOException {
    JsonNode stored;
    try {
      stored = JSON.readTree(Files.readAllBytes(from));
    } catch (JacksonException e) {
      throw new IOException(
          "The replay state in %s is not readable (%s); remove it, or start with --restart"
              .formatted(from, e.getOriginalMessage()),
          e);
    }
    if (stored.path("version").asInt(0) != VERSION
        || !target.equals(stored.path("target").asString(""))) {
      return;
    }
    for (Map.Entry<String, JsonNode> file : stored.path("files").properties()) {
      JsonNode value = file.getValue();
      files.put(
          file.getKey(),
          new Progress(
              value.path("size").asLong(-1),
              value.path("modified").asLong(-1),
              value.path("records").asLong(0),
              value.path("done").asBoolean(false)));
    }
  }

  boolean isDone(ReplayFile file) {
    Progress progress = progress(file);
    return progress != null && progress.done();
  }

  /** How many records of the file, from its first, are durable. */
  long recordsDone(ReplayFile file) {
    Progress progress = progress(file);
    return progress == null ? 0 : progress.records();
  }

  private @Nullable Progress progress(ReplayFile file) {
    Progress progress = files.get(file.path().toString());
    return progress != null
            && progress.sizeBytes() == file.sizeBytes()
            && progress.modifiedMillis() == file.modifiedMillis()
        ? progress
        : null;
  }

  void set(ReplayFile file, long records, boolean done) {
    files.put(
        file.path().toString(),
        new Progress(file.sizeBytes(), file.modifiedMillis(), records, done));
    changed = true;
  }

  /** Makes the state durable: written aside, flushed to the disk, put in place in one move. */
  void save() throws IOException {
    if (path == null || !changed) {
      return;
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path aside = path.resolveSibling(path.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer text = ByteBuffer.wrap(JSON.writeValueAsBytes(json()));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    changed = false;
  }

  private ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("target", target);
    ObjectNode all = root.putObject("files");
    files.forEach((name, progress) ->
        all.putObject(name)
            .put("size", progress.sizeBytes())
            .put("modified", progress.modifiedMillis())
            .put("records", progress.records())
            .put("done", progress.done()));
    return root;
  }
}
