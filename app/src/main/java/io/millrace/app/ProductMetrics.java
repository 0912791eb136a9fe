package io.millrace.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.millrace.alerting.Alerting;
import io.millrace.app.health.Metrics;
import io.millrace.aws.SourceCounters;
import io.millrace.effects.http.HttpExecutor;
import io.millrace.runtime.host.Host;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** Which numbers of the modules are published, and under which names. */
final class ProductMetrics {
  private final Metrics metrics;
  private final Set<String> sourcesSeen = new HashSet<>();

  private ProductMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  static Metrics of(Host host, HttpExecutor calls, Alerting alerting, Sources sources) {
    Metrics metrics = new Metrics(host::status);
    ProductMetrics product = new ProductMetrics(metrics);
    LongAdder alerts = new LongAdder();
    alerting.onAlert(alert -> alerts.increment());
    metrics.counter("millrace.alerts", "alerts stored or grown", () -> alerts, LongAdder::sum);
    metrics.gauge(
        "millrace.alerts.pending", "alerts not delivered", () -> alerting, Alerting::pending);
    metrics.gauge(
        "millrace.calls.running", "API calls under way", () -> calls, HttpExecutor::running);
    metrics.gauge(
        "millrace.calls.waiting", "API calls waiting", () -> calls, HttpExecutor::waiting);
    metrics.counter(
        "millrace.calls.started", "API calls begun", () -> calls, c -> c.metrics().started.sum());
    metrics.counter(
        "millrace.calls.answered",
        "API calls answered",
        () -> calls,
        c -> c.metrics().answered.sum());
    // Sources begin when their process is there, so they are looked for at every scrape.
    metrics.beforeScrape(() -> product.sources(sources));
    return metrics;
  }

  private synchronized void sources(Sources sources) {
    for (SourceCounters counters : sources.counters()) {
      if (sourcesSeen.add(counters.name())) {
        String name = counters.name();
        source(sources, name, "received", "messages received", SourceCounters::received);
        source(sources, name, "deleted", "messages finished", SourceCounters::deleted);
        source(sources, name, "objects", "files read", SourceCounters::objects);
        source(sources, name, "records", "records durable", SourceCounters::records);
        source(sources, name, "duplicates", "records known before", SourceCounters::duplicates);
        source(sources, name, "refused", "records refused", SourceCounters::refused);
        source(sources, name, "bad.records", "records not readable", SourceCounters::badRecords);
        source(sources, name, "poison", "messages in no known form", SourceCounters::poison);
        source(sources, name, "failed", "messages that come again", SourceCounters::failed);
        source(
            sources, name, "poll.failures", "polls without answer", SourceCounters::pollFailures);
        source(sources, name, "overloads", "times asked to wait", SourceCounters::overloads);
        Gauge.builder(
                "millrace.source.lag.seconds",
                () -> one(sources, name, counted -> counted.lagMillis() / 1000.0))
            .description("age of the message finished last")
            .tag("source", name)
            .register(metrics.registry());
      }
    }
  }

  private void source(
      Sources sources,
      String name,
      String what,
      String description,
      ToDoubleFunction<SourceCounters> value) {
    FunctionCounter.builder("millrace.source." + what, sources, all -> one(all, name, value))
        .description(description)
        .tag("source", name)
        .register(metrics.registry());
  }

  private static double one(Sources sources, String name, ToDoubleFunction<SourceCounters> value) {
    return sources.counters().stream()
        .filter(counters -> counters.name().equals(name))
        .mapToDouble(value)
        .findFirst()
        .orElse(0);
  }
}
