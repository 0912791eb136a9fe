package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.AlertJson;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import io.millrace.alerting.deliver.DeliveryLog;
import io.millrace.alerting.deliver.DeliveryRecord;
import io.millrace.http.Authenticator;
import io.millrace.http.Identity;
import io.millrace.http.RouteContribution;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The inbox over HTTP. Whoever is signed in may read and acknowledge. */
public final class AlertRoutes implements RouteContribution {
  private static final Logger LOG = LoggerFactory.getLogger(AlertRoutes.class);
  private static final int BODY_BYTES_MAX = 65_536;
  private static final int IDS_MAX = 1_000;

  private final Inbox inbox;
  private final DeliveryLog deliveries;
  private final LiveFeed live;
  private final InstantSource clock;

  /**
   * Makes the routes.
   *
   * @param heartbeatMillis how often a silent live connection shows that it is alive
   */
  public AlertRoutes(
      Inbox inbox, DeliveryLog deliveries, InstantSource clock, long heartbeatMillis) {
    this.inbox = inbox;
    this.deliveries = deliveries;
    this.clock = clock;
    this.live = new LiveFeed(heartbeatMillis);
  }

  /** Tells live readers of a new or changed alert. */
  public void publish(AlertView alert) {
    live.publish(alert);
  }

  /** Live connections. */
  public int liveReaders() {
    return live.readers();
  }

  /** Ends live connections. */
  public void close() {
    live.close();
  }

  @Override
  public void mount(Router router, Authenticator authenticator) {
    Guarded guarded = new Guarded(authenticator);
    router.get("/api/alerts").handler(guarded.blocking((request, _) -> list(request)));
    // Fixed names stand before ids, which would take them.
    router.get("/api/alerts/live").handler(guarded.live(this::openLive));
    BodyHandler body = BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX);
    router
        .post("/api/alerts/acknowledge")
        .handler(body)
        .handler(guarded.blocking(this::acknowledgeMany));
    router.get("/api/alerts/:id").handler(guarded.blocking((request, _) -> show(request)));
    router
        .get("/api/alerts/:id/deliveries")
        .handler(guarded.blocking((request, _) -> deliveries(request)));
    router
        .post("/api/alerts/:id/acknowledge")
        .handler(body)
        .handler(guarded.blocking((request, who) -> acknowledge(request, who, true)));
    router
        .post("/api/alerts/:id/unacknowledge")
        .handler(body)
        .handler(guarded.blocking((request, who) -> acknowledge(request, who, false)));
  }

  private JsonNode list(RoutingContext request) {
    QueryReader reader = new QueryReader(request.request()::getParam);
    AlertPage page = inbox.search(reader.query(), reader.before(), reader.limit());
    ObjectNode json = AlertJson.MAPPER.createObjectNode();
    ArrayNode alerts = json.putArray("alerts");
    page.alerts().forEach(alert -> alerts.add(AlertJson.brief(alert)));
    json.put("next", page.next());
    ObjectNode counts = json.putObject("counts");
    for (Severity severity : Severity.values()) {
      counts.put(severity.text(), page.counts().bySeverity().getOrDefault(severity, 0L));
    }
    counts.put("total", page.counts().total());
    counts.put("unacknowledged", page.counts().unacknowledged());
    return json;
  }

  private JsonNode show(RoutingContext request) {
    return inbox
        .find(id(request))
        .map(AlertJson::whole)
        .orElseThrow(() -> ApiProblem.notFound("id", request.pathParam("id")));
  }

  private JsonNode deliveries(RoutingContext request) {
    long id = id(request);
    if (inbox.find(id).isEmpty()) {
      throw ApiProblem.notFound("id", request.pathParam("id"));
    }
    ObjectNode json = AlertJson.MAPPER.createObjectNode();
    ArrayNode list = json.putArray("deliveries");
    for (DeliveryRecord record : deliveries.ofAlert(id)) {
      list.addObject()
          .put("effectId", record.effectId())
          .put("channel", record.channel())
          .put("attempt", record.attempt())
          .put("timeMillis", record.timeMillis())
          .put("outcome", record.outcome().text())
          .put("durationMillis", record.durationMillis())
          .put("error", record.error());
    }
    return json;
  }

  private JsonNode acknowledge(RoutingContext request, Identity who, boolean acknowledged) {
    AlertView alert =
        inbox
            .acknowledge(id(request), acknowledged, who.name(), clock.millis())
            .orElseThrow(() -> ApiProblem.notFound("id", request.pathParam("id")));
    live.publish(alert);
    return AlertJson.whole(alert);
  }

  private JsonNode acknowledgeMany(RoutingContext request, Identity who) {
    JsonNode body = body(request);
    JsonNode ids = body.path("ids");
    JsonNode filter = body.path("filter");
    if (ids.isArray() == filter.isObject()) {
      throw ApiProblem.badValue("ids", null, "either 'ids', an array, or 'filter', an object");
    }
    List<AlertView> changed =
        ids.isArray()
            ? inbox.acknowledge(ids(ids), who.name(), clock.millis())
            : inbox.acknowledge(filter(filter), who.name(), clock.millis());
    changed.forEach(live::publish);
    return AlertJson.MAPPER.createObjectNode().put("acknowledged", changed.size());
  }

  private void openLive(RoutingContext request) {
    if (!live.hasRoom()) {
      throw ApiProblem.busy();
    }
    live.open(request.vertx(), request.response());
  }

  private static AlertQuery filter(JsonNode filter) {
    Function<String, @Nullable String> part =
        name -> {
          JsonNode value = filter.path(name);
          return value.isValueNode() && !value.isNull() ? value.asString() : "";
        };
    return new QueryReader(part).query();
  }

  private static List<Long> ids(JsonNode array) {
    if (array.size() > IDS_MAX) {
      throw ApiProblem.badValue("ids", array.size() + " ids", "at most " + IDS_MAX);
    }
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : array) {
      ids.add(id(id.isValueNode() ? id.asString() : ""));
    }
    return ids;
  }

  private static long id(RoutingContext request) {
    return id(request.pathParam("id"));
  }

  private static long id(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw ApiProblem.badValue("id", text, "the id of an alert, a number");
    }
    return Long.parseLong(text);
  }

  private static JsonNode body(RoutingContext request) {
    byte[] bytes =
        request.body().buffer() == null ? new byte[0] : request.body().buffer().getBytes();
    try {
      JsonNode json = AlertJson.MAPPER.readTree(bytes);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      LOG.debug("A request body is not JSON");
    }
    throw ApiProblem.badValue("body", null, "a JSON object");
  }
}
