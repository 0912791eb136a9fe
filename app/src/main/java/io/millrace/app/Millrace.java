package io.millrace.app;

import io.millrace.alerting.Alerting;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.channel.ChannelSettingsException;
import io.millrace.app.command.AlertLine;
import io.millrace.app.command.CommandException;
import io.millrace.app.command.Running;
import io.millrace.app.command.Version;
import io.millrace.app.health.AuditRoute;
import io.millrace.app.health.Health;
import io.millrace.app.health.Metrics;
import io.millrace.app.setting.Catalogue;
import io.millrace.app.setting.ConfigurationFile;
import io.millrace.app.setting.Settings;
import io.millrace.effects.guard.EgressGuard;
import io.millrace.effects.guard.NameResolver;
import io.millrace.effects.http.GuardedHttpClient;
import io.millrace.effects.http.HttpClientSettings;
import io.millrace.effects.http.HttpExecutor;
import io.millrace.http.HttpServerHost;
import io.millrace.runtime.LocalHost;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.host.Host;
import io.millrace.runtime.host.HostException;
import io.millrace.server.directory.EngineDirectory;
import io.millrace.server.directory.EngineSchemeCheck;
import io.millrace.workspace.Workspace;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole product in one process, put together by hand. What is opened first is closed last; a
 * failing start closes what it had opened.
 */
final class Millrace implements Running {
  private static final Logger LOG = LoggerFactory.getLogger(Millrace.class);

  private final Configured configured;
  private final Deque<Closing> opened = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private final Workspace workspace;
  private final Host host;
  private final Alerting alerting;
  private final URI address;
  private final Optional<String> generatedPassword;

  private Millrace(Settings settings) throws IOException {
    InstantSource clock = InstantSource.system();
    configured = new Configured(settings);

    // The way out: all requests that leave pass the egress guard.
    Vertx vertx = Vertx.vertx();
    onClose("the outgoing client", () -> vertx.close().await());
    EgressGuard guard = new EgressGuard(configured.egress(), NameResolver.system());
    GuardedHttpClient client =
        new GuardedHttpClient(vertx, guard, HttpClientSettings.defaults());
    onClose("connections out", client::close);
    HttpExecutor calls = new HttpExecutor(client, settings.getInt(Catalogue.CALLS_MAX));

    // What people work with: users, rights, folders, versions, alerts.
    workspace = Workspace.open(configured.workspace(clock, new EngineSchemeCheck()));
    onClose("the workspace", workspace::close);
    generatedPassword = firstStart(settings);
    alerting = Alerting.open(configured.alerting(), workspace.dataSource(), client);
    onClose("alerting", alerting::close);

    // The engine, then the processes that it runs.
    host =
        LocalHost.open(
            configured.host(),
            configured.engine(),
            List.of(calls, alerting),
            clock,
            new SecureRandom());
    onClose("the engine", host::close);
    EngineDirectory directory = new EngineDirectory(host);
    directory.start(workspace.directory());

    // The doors open last and close first.
    Sources sources = Sources.start(settings, host, workspace);
    Metrics metrics = ProductMetrics.of(host, calls, alerting, sources);
    onClose("metrics", metrics::close);
    Health health =
        new Health(Version.NUMBER, host::status, Map.of("workspace", this::workspaceTrouble, "sources", sources::trouble));
    HttpServerHost server =
        HttpServerHost.start(
            configured.http(),
            router -> {
              health.mount(router, _ -> null);
              metrics.mount(router, _ -> null);
              alerting.mount(router, _ -> null);
              new AuditRoute(host).mount(router, _ -> null);
            });
    onClose("the listener", server::close);
    onClose("sources", sources::close);
    address = URI.create("http://" + shown(settings.get(Catalogue.BIND)) + ":" + server.port());
  }

  /**
   * Starts the product; it accepts work when this returns.
   *
   * @throws CommandException when it cannot start
   */
  static Running start(Settings settings) {
    Logs.configure(settings);
    Path home = settings.get(Catalogue.HOME);
    try {
      Files.createDirectories(home);
      ConfigurationFile.writeFirst(home);
      return new Millrace(settings);
    } catch (IOException | HostException | ChannelSettingsException e) {
      throw new CommandException("Millrace cannot start: " + e.getMessage(), e);
    }
  }

  private record Closing(String what, Runnable action) {}
}
