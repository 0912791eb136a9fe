package io.millrace.aws.replay;

import java.nio.file.Path;

/**
 * A file to replay. Path, size and time of change together are its identity: a file that changed is
 * a new one.
 */
public record ReplayFile(Path path, long sizeBytes, long modifiedMillis) {}
