package io.millrace.server.console;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.http.Exchange;
import io.millrace.http.Identity;
import io.millrace.http.Problem;
import io.millrace.http.RequestBody;
import io.millrace.runtime.host.Host;
import io.millrace.server.session.Sessions;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.rights.Privilege;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket that tells the counters of processes. One look per second at each process that
 * anybody watches serves all who watch it; who cannot keep up misses looks, not the last state.
 */
public final class LiveStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final int CLIENTS_MAX = 1_000;
  private static final int LOOKS_PER_SESSION_CHECK = 60;

  private final Workspace workspace;
  private final Host host;
  private final Sessions sessions;
  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile @Nullable Runnable stopTimer;
  private long looks;

  public LiveStream(Workspace workspace, Host host, Sessions sessions) {
    this.workspace = workspace;
    this.host = host;
    this.sessions = sessions;
  }

  public void mount(Router router) {
    router.get("/api/1/sock_json").handler(this::upgrade);
  }

  /** Starts looking at what is watched. */
  public void start(Vertx vertx) {
    long timer = vertx.setPeriodic(LOOK_MILLIS, ignored -> Thread.startVirtualThread(this::look));
    stopTimer = () -> vertx.cancelTimer(timer);
  }

  private void upgrade(RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    if (!"websocket".equalsIgnoreCase(exchange.header("Upgrade"))) {
      exchange.problem(
          new Problem(
              426, "upgrade_required", null, null, "a WebSocket upgrade", "Use a WebSocket."));
      return;
    }
    routing.request().pause();
    exchange.blocking(() -> {
      Identity caller = sessions.require(routing, RequestBody.EMPTY);
      if (caller.session() && !isSameOrigin(exchange)) {
        throw Problem.forbidden("a page of this server").exception();
      }
      if (clients.size() >= CLIENTS_MAX) {
        throw new Problem(503, "busy", null, null, "fewer live connections", "Try later.", 10)
            .exception();
      }
      String token = caller.session() ? Sessions.token(routing).orElse(null) : null;
      exchange.onEventLoop(() -> open(routing, caller, token));
    });
  }

  /** A page of another site could open a WebSocket with this browser's cookie. */
  private static boolean isSameOrigin(Exchange exchange) {
    String origin = exchange.header("Origin");
    if (origin == null) {
      return true;
    }
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(exchange.header("Host"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void open(RoutingContext routing, Identity caller, @Nullable String token) {
    routing
        .request()
        .toWebSocket()
        .onSuccess(socket -> {
          LiveClient client = new LiveClient(socket, caller, token, this::mayWatch, this::counts);
          clients.add(client);
          socket.closeHandler(ignored -> clients.remove(client));
          client.start();
        })
        .onFailure(thrown -> LOG.debug("A WebSocket upgrade failed", thrown));
  }

  private boolean mayWatch(Identity caller, long process) {
    return workspace.rights().allows(caller.userId(), process, Privilege.VIEW);
  }

  private Map<NodeId, NodeCounts> counts(long process) {
    return host.counts(process);
  }

  /** One look; a look that takes longer than a second makes the next one fall out. */
  private void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      boolean checkSessions = ++looks % LOOKS_PER_SESSION_CHECK == 0;
      Map<Long, Map<NodeId, NodeCounts>> seen = new HashMap<>();
      for (LiveClient client : clients) {
        String token = client.token();
        if (checkSessions && token != null && workspace.signIn().session(token).isEmpty()) {
          client.close();
          continue;
        }
        for (long process : client.watched()) {
          client.show(process, seen.computeIfAbsent(process, this::counts));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot read counters for the live stream", e);
    } finally {
      looking.set(false);
    }
  }

  @Override
  public void close() {
    Runnable stop = stopTimer;
    if (stop != null) {
      stop.run();
    }
    clients.forEach(LiveClient::close);
  }
}
