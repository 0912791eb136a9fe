package io.millrace.app;

import io.millrace.alerting.Alerting;
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
import io.millrace.runtime.LocalHost;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.host.Host;
import io.millrace.runtime.host.HostException;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import io.millrace.server.directory.EngineSchemeCheck;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.store.WorkspaceException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
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

  private static final int DATABASE_SECONDS = 2;

  private final Configured configured;
  private final Deque<Closing> opened = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private final Workspace workspace;
  private final Host host;
  private final Alerting alerting;
  private final URI address;
  private final Optional<String> generatedPassword;

  private Millrace(Settings settings) throws IOException {
    configured = new Configured(settings);
    try {
      InstantSource clock = InstantSource.system();

      // The way out: all requests that leave pass the egress guard.
      Vertx vertx = Vertx.vertx();
      onClose("the outgoing client", () -> vertx.close().await());
      EgressGuard guard = new EgressGuard(configured.egress(), NameResolver.system());
      GuardedHttpClient client = new GuardedHttpClient(vertx, guard, HttpClientSettings.defaults());
      onClose("connections out", client::close);
      HttpExecutor calls = new HttpExecutor(client, settings.getInt(Catalogue.CALLS_MAX));

      // What people work with: users, rights, folders, versions, alerts.
      workspace = Workspace.open(configured.workspace(clock, new EngineSchemeCheck()));
      onClose("the workspace", workspace::close);
      generatedPassword = firstStart(settings);
      alerting = Alerting.open(configured.alerting(), workspace.dataSource(), client);
      onClose("alerting", alerting::close);

      // The engine, and the processes that it runs.
      host =
          LocalHost.open(
              configured.host(),
              configured.engine(),
              List.of(calls, alerting),
              clock,
              new SecureRandom());
      onClose("the engine", host::close);

      // The doors. They open last and close first; the server tells the engine of all processes.
      Sources sources = new Sources(settings, host, workspace);
      Metrics metrics = ProductMetrics.of(host, calls, alerting, sources);
      onClose("metrics", metrics::close);
      Health health =
          new Health(
              Version.NUMBER,
              host::status,
              Map.of("workspace", this::workspaceTrouble),
              Map.of("sources", sources::trouble));
      Server server =
          new Server(
              ServerSettings.of(configured.http(), configured.home()),
              host,
              workspace,
              List.of(health, metrics, alerting, new AuditRoute(host)));
      onClose("the listener", server::close);
      server.start();
      onClose("the sources", sources::close);
      sources.start();
      address = URI.create("http://" + shown(settings.get(Catalogue.BIND)) + ':' + server.port());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the product; it accepts work when this returns, until it is closed or the process is
   * told to end.
   *
   * @throws CommandException when it cannot start
   */
  static Running start(Settings settings) {
    Logs.configure(settings);
    Path home = settings.get(Catalogue.HOME);
    try {
      Files.createDirectories(home);
      ConfigurationFile.writeFirst(home);
      Millrace millrace = new Millrace(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(millrace::close, "stop"));
      return millrace;
    } catch (IOException | HostException | WorkspaceException | ChannelSettingsException trouble) {
      throw new CommandException("Millrace cannot start: " + trouble.getMessage(), trouble);
    }
  }

  /** Audits the store of a stopped server. */
  static AuditReport audit(Settings settings, AuditProgress progress) {
    try {
      return LocalHost.auditStopped(new Configured(settings).store(), progress);
    } catch (HostException trouble) {
      throw new CommandException("The audit cannot run: " + trouble.getMessage(), trouble);
    }
  }

  /** Creates the administrator, and the key for automation; answers a password that was made up. */
  private Optional<String> firstStart(Settings settings) {
    Optional<String> chosen = settings.find(Catalogue.ADMIN_PASSWORD);
    Optional<String> password = workspace.users().bootstrapAdministrator(chosen.orElse(null));
    settings
        .find(Catalogue.API_LOGIN)
        .ifPresent(login ->
            workspace
                .apiKeys()
                .ensureApiKey(login, settings.find(Catalogue.API_SECRET).orElseThrow()));
    return chosen.isPresent() ? Optional.empty() : password;
  }

  private Optional<String> workspaceTrouble() {
    try (Connection connection = workspace.dataSource().getConnection()) {
      return connection.isValid(DATABASE_SECONDS)
          ? Optional.empty()
          : Optional.of("the database does not answer");
    } catch (SQLException e) {
      return Optional.of("no connection to the database");
    }
  }

  /** An address that a browser understands for one that means all addresses. */
  private static String shown(String bind) {
    return switch (bind) {
      case "0.0.0.0", "::" -> "localhost";
      default -> bind.contains(":") ? '[' + bind + ']' : bind;
    };
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Path home() {
    return configured.home();
  }

  @Override
  public Optional<String> generatedPassword() {
    return generatedPassword;
  }

  @Override
  public Host host() {
    return host;
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public void onAlert(Consumer<AlertLine> listener) {
    alerting.onAlert(alert ->
        listener.accept(
            new AlertLine(
                alert.id(),
                alert.severity().name().toLowerCase(Locale.ROOT),
                alert.title(),
                alert.count())));
  }

  @Override
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  private void onClose(String what, Runnable action) {
    opened.push(new Closing(what, action));
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      Closing next = opened.pop();
      try {
        next.action().run();
      } catch (RuntimeException e) {
        // The others must be closed all the same.
        LOG.error("Closing {} failed", next.what(), e);
      }
    }
    closed.countDown();
  }

  private record Closing(String what, Runnable action) {}
}
