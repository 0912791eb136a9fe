package io.millrace.aws;

import io.millrace.aws.access.AwsAccess;
import io.millrace.aws.local.LocalBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The source against the demonstration's own bucket and queue. */
class CloudTrailSourceLocalTest extends CloudTrailSourceContract {
  private static final AtomicInteger PLACES = new AtomicInteger();

  @TempDir Path folder;

  @Override
  Place open() throws IOException {
    Path objects = Files.createDirectories(folder.resolve("p" + PLACES.incrementAndGet()));
    LocalBucket bucket = LocalBucket.start(Place.BUCKET, objects, Place.RECEIVES_MAX);
    AwsAccess access = AwsAccess.ofLocal(bucket.queueEndpoint(), bucket.objectEndpoint());
    SqsClient sqs = access.sqs();
    return new Place() {
      @Override
      public AwsAccess access() {
        return access;
      }

      @Override
      public String queueUrl() {
        return bucket.queueUrl();
      }

      @Override
      public void put(String key, byte[] content) throws IOException {
        Path path = objects.resolve(key);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
      }

      @Override
      public void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(bucket.queueUrl()).messageBody(body));
      }

      @Override
      public int messages() {
        return bucket.messages();
      }

      @Override
      public int deadMessages() {
        return bucket.deadMessages();
      }

      @Override
      public void close() {
        sqs.close();
        bucket.close();
      }
    };
  }
}
