package io.millrace.app.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.http.Authenticator;
import io.millrace.http.RouteContribution;
import io.millrace.runtime.host.HostStatus;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * {@code GET /metrics} in Prometheus's text form. Numbers are read from their owners when a scraper
 * asks; nothing is counted twice and the hot path pays nothing.
 */
public final class Metrics implements RouteContribution, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Runnable> beforeScrape = new CopyOnWriteArrayList<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Registers the numbers of the host and of the Java machine. */
  public Metrics(Supplier<HostStatus> host) {
    gauge("millrace.accepting", "1 when work is accepted", host, s -> s.accepting() ? 1 : 0);
    gauge("millrace.partitions", "partitions run here", host, HostStatus::partitions);
    gauge("millrace.inbox.commands", "commands waiting", host, HostStatus::inboxCommands);
    gauge("millrace.inbox.commands.max", "bound of the inbox", host, HostStatus::inboxCommandsMax);
    gauge("millrace.effects.pending", "effects not finished", host, HostStatus::pendingEffects);
    gauge("millrace.tasks.live", "tasks not finished", host, HostStatus::liveTasks);
    gauge(
        "millrace.commit.seconds.mean",
        "mean time of a durable commit, smoothed",
        host,
        s -> s.commitMicrosMean() / 1e6);
    counter(
        "millrace.tasks.finished", "tasks finished since start", host, HostStatus::tasksFinished);
    counter("millrace.commands", "commands applied since start", host, HostStatus::commands);
    counter("millrace.commits", "durable commits since start", host, HostStatus::commits);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Where other parts register their own numbers. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Runs before every scrape, for numbers whose owners come and go. */
  public void beforeScrape(Runnable task) {
    beforeScrape.add(task);
  }

  /** A number that its owner can be asked for at any time. */
  public <T> void gauge(
      String name, String description, Supplier<T> owner, ToDoubleFunction<T> value) {
    Gauge.builder(name, () -> value.applyAsDouble(owner.get()))
        .description(description)
        .register(registry);
  }

  /** A number that only grows while its owner lives. */
  public <T> void counter(
      String name, String description, Supplier<T> owner, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, owner, from -> value.applyAsDouble(from.get()))
        .description(description)
        .register(registry);
  }

  @Override
  public void mount(Router router, Authenticator authenticator) {
    router
        .get("/metrics")
        .blockingHandler(
            request -> {
              beforeScrape.forEach(Runnable::run);
              request
                  .response()
                  .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                  .end(registry.scrape());
            },
            false);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
