package io.millrace.server;

import io.millrace.http.HttpServerHost;
import io.millrace.http.RouteContribution;
import io.millrace.http.StaticFiles;
import io.millrace.runtime.host.Host;
import io.millrace.server.compatible.CompatibleApi;
import io.millrace.server.console.ConsoleRoutes;
import io.millrace.server.console.LiveStream;
import io.millrace.server.console.ProcessViews;
import io.millrace.server.console.SessionApi;
import io.millrace.server.direct.DirectUrlRoutes;
import io.millrace.server.directory.EngineDirectory;
import io.millrace.server.session.Callers;
import io.millrace.server.session.DirectUrlAccess;
import io.millrace.server.session.Sessions;
import io.millrace.workspace.Workspace;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The doors of an installation: compatible API, direct URLs, console, live stream, and what other
 * modules contribute, behind one listener. Started, every process of the workspace is known to the
 * engine; closed, running requests have been answered.
 */
public final class Server implements AutoCloseable {
  private static final String CONSOLE_FOLDER = "console";

  private final ServerSettings settings;
  private final Workspace workspace;
  private final List<RouteContribution> contributions;
  private final EngineDirectory directory;
  private final Sessions sessions;
  private final CompatibleApi compatible;
  private final DirectUrlRoutes directUrls;
  private final ConsoleRoutes console;
  private final LiveStream live;
  private @Nullable HttpServerHost listener;

  /** Neither the host nor the workspace is closed with the server. */
  public Server(
      ServerSettings settings,
      Host host,
      Workspace workspace,
      List<RouteContribution> contributions) {
    this.settings = settings;
    this.workspace = workspace;
    this.contributions = List.copyOf(contributions);
    Callers callers = new Callers(workspace.apiKeys(), settings.clock());
    DirectUrlAccess access = new DirectUrlAccess(workspace, settings.clock());
    sessions = new Sessions(workspace, callers);
    directory = new EngineDirectory(host);
    directory.onChange(access::forget);
    compatible =
        new CompatibleApi(
            settings.http(),
            settings.limits(),
            settings.downloads(),
            settings.companyId(),
            settings.companyTitle(),
            host,
            workspace,
            directory.taskUsers(),
            callers,
            sessions,
            access,
            settings.clock());
    directUrls = new DirectUrlRoutes(settings.http(), access, compatible);
    console =
        new ConsoleRoutes(
            settings.http(),
            sessions,
            new SessionApi(workspace, sessions),
            new ProcessViews(workspace, host));
    live = new LiveStream(workspace, host, sessions);
  }

  /**
   * Makes the processes known to the engine, then listens.
   *
   * @throws IOException when the address cannot be listened on
   */
  public void start() throws IOException {
    directory.start(workspace.directory());
    listener = HttpServerHost.start(settings.http(), this::mount);
    live.start(listener.vertx());
  }

  private void mount(Router router) {
    compatible.mount(router);
    directUrls.mount(router);
    live.mount(router);
    console.mount(router);
    contributions.forEach(contribution -> contribution.mount(router, sessions));
    new StaticFiles(Server.class.getClassLoader(), CONSOLE_FOLDER).mount(router);
  }

  /** The port it listens on; after {@link #start}. */
  public int port() {
    HttpServerHost open = listener;
    if (open == null) {
      throw new IllegalStateException("Expected a started server");
    }
    return open.port();
  }

  @Override
  public void close() {
    live.close();
    HttpServerHost open = listener;
    if (open != null) {
      open.close();
    }
  }
}
