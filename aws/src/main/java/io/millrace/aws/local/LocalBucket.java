package io.millrace.aws.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder as a bucket, and a queue with its notifications, on this machine only: enough of both
 * protocols for the AWS SDK, so that the demonstration goes through the same code as production.
 */
public final class LocalBucket implements AutoCloseable {
  /** How often a message is received in vain before it goes to the dead-letter queue. */
  public static final int RECEIVES_MAX = 5;

  private static final Logger LOG = LoggerFactory.getLogger(LocalBucket.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String QUEUE = "cloudtrail";
  private static final String DEAD_LETTERS = "cloudtrail-dead";

  private final HttpServer server;
  private final ExecutorService threads;
  private final String bucket;
  private final Path folder;
  private final LocalQueue deadLetters = new LocalQueue(Integer.MAX_VALUE, null);
  private final LocalQueue queue;
  private final URI address;

  private LocalBucket(HttpServer server, String bucket, Path folder, int receivesMax)
      throws IOException {
    this.server = server;
    this.bucket = bucket;
    this.folder = folder;
    this.queue = new LocalQueue(receivesMax, deadLetters);
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    QueueProtocol queues =
        new QueueProtocol(Map.of(QUEUE, queue, DEAD_LETTERS, deadLetters), address + "/sqs");
    ObjectProtocol objects = new ObjectProtocol(bucket, folder);
    server.setExecutor(threads);
    server.createContext("/sqs", closing(queues::handle));
    server.createContext("/" + bucket, closing(objects::handle));
  }

  /**
   * Starts on a free port of the loopback address.
   *
   * @param folder its files are the bucket's objects, their paths the keys
   */
  public static LocalBucket start(String bucket, Path folder) throws IOException {
    return start(bucket, folder, RECEIVES_MAX);
  }

  /** As above; a message goes to the dead-letter queue after so many receipts. */
  public static LocalBucket start(String bucket, Path folder, int receivesMax) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LocalBucket local = new LocalBucket(server, bucket, folder, receivesMax);
    server.start();
    return local;
  }

  private static HttpHandler closing(HttpHandler handler) {
    return (HttpExchange exchange) -> {
      try (exchange) {
        handler.handle(exchange);
      } catch (IOException e) {
        LOG.debug("A request of the local bucket was cut off: {}", e.getMessage());
      }
    };
  }

  /** Where the SDK's object client finds the bucket, by path. */
  public URI objectEndpoint() {
    return address;
  }

  /** Where the SDK's queue client finds the queues. */
  public URI queueEndpoint() {
    return URI.create(address + "/sqs");
  }

  public String queueUrl() {
    return queueEndpoint() + "/000000000000/" + QUEUE;
  }

  public String deadLetterQueueUrl() {
    return queueEndpoint() + "/000000000000/" + DEAD_LETTERS;
  }

  /** Says that an object was created, as the object store would. */
  public void publish(String key) throws IOException {
    queue.send(notification(bucket, key, Files.size(folder.resolve(key)), Instant.now()));
  }

  /** Messages that are in the queue, visible or held. */
  public int messages() {
    return queue.size();
  }

  /** Messages in the dead-letter queue. */
  public int deadMessages() {
    return deadLetters.size();
  }

  private static String notification(String bucket, String key, long sizeBytes, Instant time) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode event = root.putArray("Records").addObject();
    event.put("eventVersion", "2.1");
    event.put("eventSource", "aws:s3");
    event.put("awsRegion", "us-east-1");
    event.put("eventTime", time.toString());
    event.put("eventName", "ObjectCreated:Put");
    ObjectNode s3 = event.putObject("s3");
    s3.put("s3SchemaVersion", "1.0");
    s3.putObject("bucket").put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
    s3.putObject("object")
        .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"))
        .put("size", sizeBytes);
    return JSON.writeValueAsString(root);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
