package io.millrace.app;

import io.millrace.app.setting.Links;
import io.millrace.app.setting.Settings;
import io.millrace.aws.CloudTrailSource;
import io.millrace.aws.QueueSettings;
import io.millrace.aws.SourceCounters;
import io.millrace.aws.access.AwsAccess;
import io.millrace.aws.submit.HostSink;
import io.millrace.runtime.host.Host;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.rights.Rights;
import io.millrace.workspace.version.ProcessInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The configured queues. One whose process is not there yet (a fresh installation into which the
 * process is imported later) is looked for again, and begins as soon as it is found.
 */
final class Sources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
  private static final long LOOK_AGAIN_SECONDS = 10;
  private static final int MATCHES_MAX = 100;

  private final Settings settings;
  private final Host host;
  private final Workspace workspace;
  private final Map<String, CloudTrailSource> started = new ConcurrentSkipListMap<>();
  private final Map<String, String> waiting = new ConcurrentSkipListMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread starter = Thread.ofVirtual().name("sources").unstarted(this::startAll);

  Sources(Settings settings, Host host, Workspace workspace) {
    this.settings = settings;
    this.host = host;
    this.workspace = workspace;
  }

  /** Starts them in the background: the SDK takes a second to load. */
  void start() {
    starter.start();
  }

  /** What each queue did so far. */
  List<SourceCounters> counters() {
    List<SourceCounters> all = new ArrayList<>();
    started.values().forEach(source -> all.addAll(source.counters()));
    return all;
  }

  /** Why a configured queue is not read, if any is not. */
  Optional<String> trouble() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", waiting.values()));
  }

  private void startAll() {
    List<String> names = new ArrayList<>(settings.names(Links.SOURCE_QUEUE_URL));
    try {
      while (!names.isEmpty()) {
        names.removeIf(this::tryStart);
        if (closing.await(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers whether the source needs no further try. */
  private synchronized boolean tryStart(String name) {
    if (closing.getCount() == 0) {
      return true;
    }
    String process = settings.find(Links.SOURCE_PROCESS, name).orElseThrow();
    Optional<ProcessInfo> target = process(process);
    if (target.isEmpty()) {
      String before =
          waiting.put(name, "source " + name + " waits for a process '" + process + "'");
      if (before == null) {
        LOG.warn("Source {} is not read: no process is titled or numbered '{}' yet", name, process);
      }
      return false;
    }
    CloudTrailSource source =
        new CloudTrailSource(
            List.of(queue(name, target.get().id())),
            queue -> new HostSink(host, queue.processId(), target.get().ownerId()));
    source.start();
    started.put(name, source);
    waiting.remove(name);
    LOG.info("Reading source {} into process {} '{}'", name, target.get().id(), process);
    return true;
  }

  private Optional<ProcessInfo> process(String numberOrTitle) {
    if (numberOrTitle.matches("\\d{1,18}")) {
      return workspace.processes().find(Long.parseLong(numberOrTitle));
    }
    return workspace.processes().search(Rights.SYSTEM, numberOrTitle, null, MATCHES_MAX).stream()
        .filter(found -> found.title().equalsIgnoreCase(numberOrTitle))
        .findFirst();
  }

  private QueueSettings queue(String name, long processId) {
    QueueSettings usual =
        QueueSettings.of(
            name,
            settings.find(Links.SOURCE_QUEUE_URL, name).orElseThrow(),
            processId,
            access(name));
    return new QueueSettings(
        usual.name(),
        usual.queueUrl(),
        usual.processId(),
        usual.access(),
        Math.toIntExact(settings.find(Links.SOURCE_FILES_MAX, name).orElseThrow()),
        usual.recordsMax(),
        Math.toIntExact(settings.find(Links.SOURCE_VISIBILITY_SECONDS, name).orElseThrow()),
        usual.waitSeconds(),
        usual.retrySeconds(),
        usual.objectBytesMax(),
        usual.limits());
  }

  private AwsAccess access(String name) {
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    settings.find(Links.SOURCE_PROFILE, name).ifPresent(chain::profileName);
    return new AwsAccess(
        settings.find(Links.SOURCE_REGION, name).orElseThrow(),
        chain.build(),
        settings.find(Links.SOURCE_SQS_ENDPOINT, name).map(URI::create).orElse(null),
        settings.find(Links.SOURCE_S3_ENDPOINT, name).map(URI::create).orElse(null));
  }

  @Override
  public synchronized void close() {
    closing.countDown();
    started.values().forEach(CloudTrailSource::close);
  }
}
