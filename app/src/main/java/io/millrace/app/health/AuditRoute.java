package io.millrace.app.health;

import io.millrace.engine.view.AuditFinding;
import io.millrace.http.Authenticator;
import io.millrace.http.Identity;
import io.millrace.http.Problem;
import io.millrace.http.RouteContribution;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.host.Host;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/audit}: an administrator lets the running store be checked. The answer is a line
 * of JSON for each bit of progress, and the report as the last line; one audit at a time.
 */
public final class AuditRoute implements RouteContribution {
  /** Where the route is. */
  public static final String PATH = "/api/audit";

  private static final Logger LOG = LoggerFactory.getLogger(AuditRoute.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Host host;
  private final AtomicBoolean busy = new AtomicBoolean();

  public AuditRoute(Host host) {
    this.host = host;
  }

  @Override
  public void mount(Router router, Authenticator authenticator) {
    router
        .post(PATH)
        .handler(request ->
            // Minutes long: a thread of its own, not one of a pool that requests wait for.
            Thread.ofVirtual().name("audit").start(() -> answer(request, authenticator)));
  }

  private void answer(RoutingContext request, Authenticator authenticator) {
    Identity caller = authenticator.identify(request);
    if (caller == null) {
      refuse(request, Problem.unauthorized());
    } else if (!caller.administrator()) {
      refuse(request, Problem.forbidden("an administrator"));
    } else if (!busy.compareAndSet(false, true)) {
      refuse(
          request,
          new Problem(
              409, "busy", null, null, "one audit at a time", "Try again when it has ended."));
    } else {
      try {
        audit(request.response());
      } finally {
        busy.set(false);
      }
    }
  }

  private void audit(HttpServerResponse response) {
    response.putHeader("Content-Type", "application/x-ndjson").setChunked(true);
    try {
      AuditReport report = host.audit(new Throttle(response)::progress);
      response.end(json(report) + "\n");
    } catch (RuntimeException e) {
      LOG.error("The audit could not be carried out", e);
      ObjectNode line = JSON.createObjectNode();
      line.put("error", "The audit could not be carried out: " + e.getMessage());
      response.end(line + "\n");
    }
  }

  private static void refuse(RoutingContext request, Problem problem) {
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(io.vertx.core.buffer.Buffer.buffer(problem.json()));
  }

  private static ObjectNode json(AuditReport report) {
    ObjectNode line = JSON.createObjectNode();
    ObjectNode body = line.putObject("report");
    body.put("findings_total", report.findingsTotal());
    ObjectNode checked = body.putObject("checked");
    report.checked().forEach(checked::put);
    for (AuditFinding finding : report.findings()) {
      body.withArray("findings")
          .addObject()
          .put("invariant", finding.invariant())
          .put("subject", finding.subject())
          .put("text", finding.text());
    }
    return line;
  }

  /** Passes on progress a few times a second, for an audit tells of every step. */
  private static final class Throttle {
    private final HttpServerResponse response;
    private long lastNanos = System.nanoTime() - PROGRESS_NANOS;

    Throttle(HttpServerResponse response) {
      this.response = response;
    }

    synchronized void progress(String stage, long done, long total) {
      long now = System.nanoTime();
      if (now - lastNanos < PROGRESS_NANOS || response.closed()) {
        return;
      }
      lastNanos = now;
      ObjectNode line = JSON.createObjectNode();
      line.put("stage", stage).put("done", done).put("total", total);
      response.write(line + "\n");
    }
  }
}
