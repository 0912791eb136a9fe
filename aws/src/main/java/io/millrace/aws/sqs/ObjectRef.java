package io.millrace.aws.sqs;

import org.jspecify.annotations.Nullable;

/**
 * An object that a notification names.
 *
 * @param key decoded
 * @param versionId the version to fetch, or null for the one that is there
 * @param sizeBytes as the notification says, or -1
 */
public record ObjectRef(String bucket, String key, @Nullable String versionId, long sizeBytes) {

  /** The way people write it. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key + (versionId == null ? "" : "?versionId=" + versionId);
  }
}
