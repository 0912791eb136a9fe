package io.millrace.aws.sqs;

import io.millrace.aws.access.AwsAccess;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** One queue. Blocking; safe for use by many threads; errors are the SDK's. */
public final class SqsQueue implements AutoCloseable {
  /** The most that one receive can bring. */
  public static final int MESSAGES_MAX = 10;

  /** The longest a message can be held, from its receipt on. */
  public static final int VISIBILITY_SECONDS_MAX = 12 * 60 * 60;

  private final SqsClient client;
  private final String url;

  private SqsQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
  }

  public static SqsQueue open(AwsAccess access, String url) {
    return new SqsQueue(access.sqs(), url);
  }

  /**
   * Takes messages, and waits for the first one.
   *
   * @param waitSeconds at most 20
   * @param visibilitySeconds how long the messages are ours
   */
  public List<QueueMessage> receive(int messagesMax, int waitSeconds, int visibilitySeconds) {
    return client
        .receiveMessage(request ->
            request
                .queueUrl(url)
                .maxNumberOfMessages(Math.min(messagesMax, MESSAGES_MAX))
                .waitTimeSeconds(waitSeconds)
                .visibilityTimeout(visibilitySeconds)
                .messageSystemAttributeNames(
                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                    MessageSystemAttributeName.SENT_TIMESTAMP))
        .messages()
        .stream()
        .map(SqsQueue::message)
        .toList();
  }

  private static QueueMessage message(Message message) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    return new QueueMessage(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        (int) number(attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT), 1),
        number(attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP), 0));
  }

  private static long number(@Nullable String text, long otherwise) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }

  /** Removes a message for good. */
  public void delete(QueueMessage message) {
    client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receipt()));
  }

  /** Sets anew, from now on, how long the message stays ours; 0 gives it back. */
  public void hold(QueueMessage message, int seconds) {
    client.changeMessageVisibility(request ->
        request
            .queueUrl(url)
            .receiptHandle(message.receipt())
            .visibilityTimeout(Math.clamp(seconds, 0, VISIBILITY_SECONDS_MAX)));
  }

  @Override
  public void close() {
    client.close();
  }
}
