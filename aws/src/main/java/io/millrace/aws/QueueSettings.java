package io.millrace.aws;

import io.millrace.aws.access.AwsAccess;
import io.millrace.aws.cloudtrail.ReadLimits;
import io.millrace.aws.sqs.SqsQueue;

/**
 * One queue to read: an account's or a trail's way in.
 *
 * @param name how logs and metrics call it
 * @param processId the process that gets the records
 * @param filesMax messages worked on at the same time
 * @param recordsMax records under way per message
 * @param visibilitySeconds how long a message is held; extended while its files are read
 * @param waitSeconds length of a long poll, at most 20
 * @param retrySeconds wait after the first failure of a message; doubles with every further one
 * @param objectBytesMax largest object that is fetched
 */
public record QueueSettings(
    String name,
    String queueUrl,
    long processId,
    AwsAccess access,
    int filesMax,
    int recordsMax,
    int visibilitySeconds,
    int waitSeconds,
    int retrySeconds,
    long objectBytesMax,
    ReadLimits limits) {

  public QueueSettings {
    if (filesMax < 1 || recordsMax < 1) {
      throw new IllegalArgumentException(
          "Expected queue '%s' to have filesMax and recordsMax of at least 1, but got %d and %d"
              .formatted(name, filesMax, recordsMax));
    }
    if (visibilitySeconds < 2 || visibilitySeconds > SqsQueue.VISIBILITY_SECONDS_MAX) {
      throw new IllegalArgumentException(
          "Expected queue '%s' to have visibilitySeconds from 2 to %d, but got %d"
              .formatted(name, SqsQueue.VISIBILITY_SECONDS_MAX, visibilitySeconds));
    }
    if (waitSeconds < 0 || waitSeconds > 20) {
      throw new IllegalArgumentException(
          "Expected queue '%s' to have waitSeconds from 0 to 20, but got %d"
              .formatted(name, waitSeconds));
    }
  }

  /** With the usual limits. */
  public static QueueSettings of(String name, String queueUrl, long processId, AwsAccess access) {
    return new QueueSettings(
        name, queueUrl, processId, access, 4, 2_000, 120, 20, 5, 512L << 20, ReadLimits.DEFAULT);
  }
}
