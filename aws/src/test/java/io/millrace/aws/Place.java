package io.millrace.aws;

import io.millrace.aws.access.AwsAccess;
import java.io.IOException;

/** A bucket and a queue for tests, as one kind of server offers them. */
interface Place extends AutoCloseable {
  String BUCKET = "trail";

  /** Receipts after which a message goes to the dead-letter queue. */
  int RECEIVES_MAX = 2;

  AwsAccess access();

  String queueUrl();

  void put(String key, byte[] content) throws IOException;

  /** Puts a message into the queue. */
  void send(String body);

  int messages();

  int deadMessages();

  @Override
  void close();
}
