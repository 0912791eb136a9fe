package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.AlertJson;
import io.millrace.alerting.channel.Channel;
import io.millrace.alerting.channel.Channels;
import io.millrace.alerting.channel.SendOutcome;
import io.millrace.http.Authenticator;
import io.millrace.http.Identity;
import io.millrace.http.RouteContribution;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which channels there are, without anything secret, and a test of one. */
public final class ChannelRoutes implements RouteContribution {
  private final Channels channels;
  private final BiFunction<Channel, Identity, SendOutcome> test;

  /**
   * Makes the routes.
   *
   * @param test sends a test alert and waits for the outcome
   */
  public ChannelRoutes(Channels channels, BiFunction<Channel, Identity, SendOutcome> test) {
    this.channels = channels;
    this.test = test;
  }

  @Override
  public void mount(Router router, Authenticator authenticator) {
    Guarded guarded = new Guarded(authenticator);
    router.get("/api/channels").handler(guarded.blocking((_, _) -> list()));
    router.post("/api/channels/:name/test").handler(guarded.administrator(this::test));
  }

  private JsonNode list() {
    ObjectNode json = AlertJson.MAPPER.createObjectNode();
    ArrayNode list = json.putArray("channels");
    for (Channel channel : channels.all()) {
      list.addObject().put("name", channel.name()).put("type", channel.type());
    }
    return json;
  }

  private JsonNode test(RoutingContext request, Identity who) {
    String name = request.pathParam("name");
    Channel channel = channels.find(name);
    if (channel == null) {
      throw ApiProblem.notFound("name", name);
    }
    ObjectNode json = AlertJson.MAPPER.createObjectNode();
    return switch (test.apply(channel, who)) {
      case SendOutcome.Sent(String id, String note) ->
          json.put("delivered", true).put("deliveryId", id).put("error", note);
      case SendOutcome.Later(String error, _) ->
          json.put("delivered", false).put("permanent", false).put("error", error);
      case SendOutcome.Rejected(String error) ->
          json.put("delivered", false).put("permanent", true).put("error", error);
    };
  }
}
