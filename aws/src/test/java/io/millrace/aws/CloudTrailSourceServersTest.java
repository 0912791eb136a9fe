package io.millrace.aws;

import io.millrace.aws.access.AwsAccess;
import io.millrace.aws.testing.S3MockProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The source against a real queue server and a real object store. */
class CloudTrailSourceServersTest extends CloudTrailSourceContract {
  @TempDir static Path folder;
  private static final AtomicInteger QUEUES = new AtomicInteger();
  private static S3MockProcess objects;
  private static SQSRestServer queues;
  private static AwsAccess access;

  @BeforeAll
  static void startServers() throws IOException {
    objects = S3MockProcess.start(folder, Place.BUCKET);
    queues = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = queues.waitUntilStarted().localAddress().getPort();
    access = AwsAccess.ofLocal(URI.create("http://127.0.0.1:" + port), objects.endpoint());
  }

  @AfterAll
  static void stopServers() {
    if (queues != null) {
      queues.stopAndWait();
    }
    if (objects != null) {
      objects.close();
    }
  }

  @Override
  Place open() {
    SqsClient sqs = access.sqs();
    S3Client s3 = access.s3();
    int number = QUEUES.incrementAndGet();
    String dead = sqs.createQueue(request -> request.queueName("dead" + number)).queueUrl();
    String deadArn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String redrive =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
            .formatted(deadArn, Place.RECEIVES_MAX);
    String url =
        sqs.createQueue(request ->
                request
                    .queueName("queue" + number)
                    .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, redrive)))
            .queueUrl();
    return new ServerPlace(sqs, s3, url, dead);
  }

  private record ServerPlace(SqsClient sqs, S3Client s3, String queueUrl, String deadUrl)
      implements Place {
    @Override
    public AwsAccess access() {
      return access;
    }

    @Override
    public void put(String key, byte[] content) {
      s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
    }

    @Override
    public void send(String body) {
      sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(body));
    }

    @Override
    public int messages() {
      return count(queueUrl);
    }

    @Override
    public int deadMessages() {
      return count(deadUrl);
    }

    private int count(String url) {
      Map<QueueAttributeName, String> attributes =
          sqs.getQueueAttributes(request ->
                  request
                      .queueUrl(url)
                      .attributeNames(
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
              .attributes();
      return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    @Override
    public void close() {
      sqs.close();
      s3.close();
    }
  }
}
