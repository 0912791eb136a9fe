package io.millrace.app.health;

import io.millrace.http.Authenticator;
import io.millrace.http.RouteContribution;
import io.millrace.runtime.host.HostStatus;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /health}: 200 when the server accepts work, else 503; the body names every reason, and
 * as warnings what is amiss without keeping work out. Open to everybody, so it tells conditions and
 * no data.
 */
public final class Health implements RouteContribution {
  private final String version;
  private final Supplier<HostStatus> host;
  private final Map<String, Supplier<Optional<String>>> parts;
  private final Map<String, Supplier<Optional<String>>> warnings;

  /**
   * What health looks at.
   *
   * @param version of the product
   * @param host asked at every request
   * @param parts name of a part that work needs, to what keeps it from working, if anything
   * @param warnings name of a part that work does not need, to what is amiss, if anything
   */
  public Health(
      String version,
      Supplier<HostStatus> host,
      Map<String, Supplier<Optional<String>>> parts,
      Map<String, Supplier<Optional<String>>> warnings) {
    this.version = version;
    this.host = host;
    this.parts = new LinkedHashMap<>(parts);
    this.warnings = new LinkedHashMap<>(warnings);
  }

  @Override
  public void mount(Router router, Authenticator authenticator) {
    // Parts may look into the database: not on the event loop, and not one after the other.
    router.get("/health").blockingHandler(this::answer, false);
  }

  private void answer(RoutingContext request) {
    Report report = report();
    request
        .response()
        .setStatusCode(report.accepting() ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(report.body().toString());
  }

  /** How the server is now. */
  public Report report() {
    HostStatus status = host.get();
    ArrayNode reasons = JsonNodeFactory.instance.arrayNode();
    ObjectNode states = JsonNodeFactory.instance.objectNode();
    String engine = engineReason(status);
    states.put("engine", engine.isEmpty() ? "up" : "down");
    if (!engine.isEmpty()) {
      reasons.add("engine: " + engine);
    }
    parts.forEach((name, reason) -> {
      Optional<String> down = reason.get();
      states.put(name, down.isPresent() ? "down" : "up");
      down.ifPresent(text -> reasons.add(name + ": " + text));
    });
    boolean accepting = reasons.isEmpty();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", accepting ? "up" : "down");
    body.put("version", version);
    body.set("parts", states);
    body.set("reasons", reasons);
    ArrayNode amiss = body.putArray("warnings");
    warnings.forEach(
        (name, warning) -> warning.get().ifPresent(text -> amiss.add(name + ": " + text)));
    return new Report(accepting, body);
  }

  private static String engineReason(HostStatus status) {
    if (!status.accepting()) {
      return status.reason().isEmpty() ? "does not accept work" : status.reason();
    }
    // A full inbox refuses work at the door: a load balancer should look elsewhere meanwhile.
    return status.inboxCommands() >= status.inboxCommandsMax()
        ? "the inbox is full (" + status.inboxCommandsMax() + " commands)"
        : "";
  }

  /**
   * A health report.
   *
   * @param accepting whether work is accepted
   * @param body for the answer
   */
  public record Report(boolean accepting, ObjectNode body) {
    /** Why not, in words. */
    public List<String> reasons() {
      return body.get("reasons").valueStream().map(reason -> reason.asString()).toList();
    }
  }
}
