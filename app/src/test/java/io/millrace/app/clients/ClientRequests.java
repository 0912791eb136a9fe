package io.millrace.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.binary.ServerClient;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What the requests of several clients have in common. */
final class ClientRequests {
  /** A process whose tasks wait in "Wait" until they are modified; the title is to be filled in. */
  static final String FLOW =
      """
      [{"obj_type":1,"obj_id":1,"parent_id":0,"title":"%1$s","description":"","status":"active",
        "params":[],"ref_mask":false,"conv_type":"process","scheme":{"nodes":[
        {"id":"a00000000000000000000001","obj_type":1,"title":"Start","description":"","x":0,"y":0,
         "extra":null,"options":null,
         "condition":{"logics":[{"type":"go","to_node_id":"a00000000000000000000002"}],"semaphors":[]}},
        {"id":"a00000000000000000000002","obj_type":0,"title":"Wait","description":"","x":0,"y":100,
         "extra":null,"options":null,
         "condition":{"logics":[{"type":"api_callback"},
           {"type":"go","to_node_id":"a00000000000000000000003"}],"semaphors":[]}},
        {"id":"a00000000000000000000003","obj_type":2,"title":"End","description":"","x":0,"y":200,
         "extra":null,"options":"{\\"save_task\\":true}",
         "condition":{"logics":[],"semaphors":[]}}],
        "web_settings":[[],[]]}}]\
      """;

  private ClientRequests() {}

  static String signedPath(String route, String login, String secret, String body) {
    return signedPath(route, login, secret, body, ServerClient.now());
  }

  static String signedPath(String route, String login, String secret, String body, String time) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    return route + "/" + login + "/" + time + "/" + ServerClient.sha1(time, secret, content);
  }

  static JsonNode json(RawHttp.Answer answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    return ServerClient.JSON.readTree(answer.body());
  }
}
