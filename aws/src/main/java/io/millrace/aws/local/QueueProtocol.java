package io.millrace.aws.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of the queue service's JSON protocol that a reader of a queue uses. */
final class QueueProtocol {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BODY_BYTES_MAX = 2 << 20;
  private static final int VISIBILITY_SECONDS = 30;

  private final Map<String, LocalQueue> queues;
  private final String base;

  /**
   * @param queues by name
   * @param base the address under which a queue's URL begins
   */
  QueueProtocol(Map<String, LocalQueue> queues, String base) {
    this.queues = queues;
    this.base = base;
  }

  void handle(HttpExchange exchange) throws IOException {
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
    ObjectNode answer;
    try {
      JsonNode request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      answer = answer(target, request);
    } catch (JacksonException e) {
      fail(exchange, "SerializationException", "Expected a JSON body");
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(exchange, "ServiceUnavailable", "Stopping");
      return;
    }
    if (answer == null) {
      fail(exchange, "QueueDoesNotExist", "The specified queue does not exist.");
    } else if (answer.has("__type")) {
      reply(exchange, 400, answer);
    } else {
      reply(exchange, 200, answer);
    }
  }

  /** Null when the request names no queue that is there. */
  private @Nullable ObjectNode answer(String target, JsonNode request) throws InterruptedException {
    String url = request.path("QueueUrl").asString("");
    String name =
        target.endsWith(".GetQueueUrl")
            ? request.path("QueueName").asString("")
            : url.substring(url.lastIndexOf('/') + 1);
    LocalQueue queue = queues.get(name);
    if (queue == null) {
      return null;
    }
    return switch (target.substring(target.indexOf('.') + 1)) {
      case "GetQueueUrl" -> JSON.createObjectNode().put("QueueUrl", base + "/000000000000/" + name);
      case "SendMessage" -> send(queue, request.path("MessageBody").asString(""));
      case "ReceiveMessage" -> received(queue, request);
      case "DeleteMessage" -> {
        queue.delete(request.path("ReceiptHandle").asString(""));
        yield JSON.createObjectNode();
      }
      case "ChangeMessageVisibility" ->
          queue.hold(
                  request.path("ReceiptHandle").asString(""),
                  request.path("VisibilityTimeout").asInt(VISIBILITY_SECONDS))
              ? JSON.createObjectNode()
              : error("MessageNotInflight", "The message is not in flight.");
      default -> error("UnsupportedOperation", "Not offered here: " + target);
    };
  }

  private static ObjectNode send(LocalQueue queue, String body) {
    return JSON.createObjectNode()
        .put("MessageId", queue.send(body))
        .put("MD5OfMessageBody", LocalQueue.md5(body));
  }

  private static ObjectNode received(LocalQueue queue, JsonNode request)
      throws InterruptedException {
    List<LocalQueue.Receipt> receipts =
        queue.receive(
            Math.clamp(request.path("MaxNumberOfMessages").asInt(1), 1, 10),
            Math.clamp(request.path("WaitTimeSeconds").asInt(0), 0, 20),
            request.path("VisibilityTimeout").asInt(VISIBILITY_SECONDS));
    ObjectNode answer = JSON.createObjectNode();
    if (receipts.isEmpty()) {
      return answer;
    }
    ArrayNode messages = answer.putArray("Messages");
    for (LocalQueue.Receipt receipt : receipts) {
      ObjectNode message =
          messages
              .addObject()
              .put("MessageId", receipt.id())
              .put("ReceiptHandle", receipt.handle())
              .put("Body", receipt.body())
              .put("MD5OfBody", receipt.md5());
      message
          .putObject("Attributes")
          .put("ApproximateReceiveCount", Integer.toString(receipt.receives()))
          .put("SentTimestamp", Long.toString(receipt.sentMillis()));
    }
    return answer;
  }

  private static ObjectNode error(String code, String message) {
    return JSON.createObjectNode()
        .put("__type", "com.amazonaws.sqs#" + code)
        .put("message", message);
  }

  private static void fail(HttpExchange exchange, String code, String message) throws IOException {
    reply(exchange, 400, error(code, message));
  }

  private static void reply(HttpExchange exchange, int status, ObjectNode answer)
      throws IOException {
    byte[] text = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }
}
