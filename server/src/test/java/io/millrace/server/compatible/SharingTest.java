package io.millrace.server.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerFixture;
import io.millrace.workspace.people.KeyWithSecret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what: keys, groups, sharing. */
class SharingTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  @Test
  void aSharedFolderMakesItsProcessesCallable() {
    long folder = folder("Shared", 0);
    long process =
        server
            .ok(
                "{\"type\":\"create\",\"obj\":\"conv\",\"title\":\"Callable\",\"folder_id\":%d}"
                    .formatted(folder))
            .get("obj_id")
            .asLong();
    ObjectNode user =
        server.ok(
            "{\"type\":\"create\",\"obj\":\"user\",\"title\":\"sync\",\"logins\":[{\"type\":\"api\"}]}");
    JsonNode login = user.path("users").path(0).path("logins").path(0);
    long principal = user.path("users").path(0).get("obj_id").asLong();
    assertThat(login.get("key").asString()).matches("[A-Za-z0-9]{48,50}");
    String create =
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process);
    long loginId = login.get("obj_id").asLong();
    String secret = login.get("key").asString();
    assertThat(server.ops(2, loginId, secret, create).get(0).get("description").asString())
        .isEqualTo("Access denied");

    ObjectNode linked =
        server.ok(
            "{\"type\":\"link\",\"obj\":\"folder\",\"obj_id\":%d,\"obj_to\":\"user\",\"obj_to_id\":%d,\"privs\":[{\"type\":\"view\",\"list_obj\":[\"all\"]},{\"type\":\"create\",\"list_obj\":[\"all\"]}],\"is_need_to_notify\":false}"
                .formatted(folder, principal));
    assertThat(linked.get("action_type").asString()).isEqualTo("link");
    assertThat(linked.get("obj_to_title").asString()).isEqualTo("sync");
    assertThat(server.ops(2, loginId, secret, create).get(0).get("proc").asString())
        .isEqualTo("ok");
    ObjectNode access =
        server.ok(
            "{\"type\":\"list\",\"obj\":\"folder\",\"obj_id\":%d,\"list_obj\":\"group\"}"
                .formatted(folder));
    assertThat(access.path("list").path(0).get("title").asString()).isEqualTo("sync");
    assertThat(
            server
                .ok("{\"type\":\"show\",\"obj\":\"api_key\",\"obj_id\":%d}".formatted(process))
                .get("list")
                .toString())
        .contains("\"title\":\"sync\"");

    ObjectNode unlinked =
        server.ok(
            "{\"type\":\"link\",\"obj\":\"folder\",\"obj_id\":%d,\"obj_to\":\"user\",\"obj_to_id\":%d,\"privs\":[]}"
                .formatted(folder, principal));
    assertThat(unlinked.get("action_type").asString()).isEqualTo("unlink");
    assertThat(server.ops(2, loginId, secret, create).get(0).get("description").asString())
        .isEqualTo("Access denied");
  }

  @Test
  void keysAreRotatedAndDeleted() {
    JsonNode made =
        server
            .ok(
                "{\"type\":\"create\",\"obj\":\"user\",\"title\":\"rot\",\"logins\":[{\"type\":\"api\"}]}")
            .path("users")
            .path(0);
    long loginId = made.path("logins").path(0).get("obj_id").asLong();
    String secret = made.path("logins").path(0).get("key").asString();
    String list = "{\"type\":\"list\",\"obj\":\"company\"}";
    assertThat(server.ops(2, loginId, secret, list)).hasSize(1);
    JsonNode rotated =
        server
            .ok(
                "{\"type\":\"rotate\",\"obj\":\"user\",\"obj_id\":%s}"
                    .formatted(made.get("obj_id")))
            .path("users")
            .path(0);
    assertThat(rotated.path("logins").path(0).get("obj_id").asLong()).isEqualTo(loginId);
    String body = "{\"ops\":[" + list + "]}";
    assertThat(
            server
                .post(
                    "/api/2/json/"
                        + ServerFixture.auth(
                            loginId,
                            secret,
                            body.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    body)
                .body())
        .contains("wrong signature");
    assertThat(server.ops(2, loginId, rotated.path("logins").path(0).get("key").asString(), list))
        .hasSize(1);
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"user\",\"obj_id\":%d,\"title\":\"renamed\"}"
            .formatted(loginId));
    assertThat(
            server
                .ok(
                    "{\"type\":\"show\",\"obj\":\"user\",\"obj_id\":%s,\"obj_type\":\"company\"}"
                        .formatted(made.get("obj_id")))
                .get("title")
                .asString())
        .isEqualTo("renamed");
    assertThat(
            server
                .ok("{\"type\":\"list\",\"obj\":\"company_users\",\"filter\":\"api_key\"}")
                .get("list")
                .toString())
        .contains("\"renamed\"");
    server.ok("{\"type\":\"delete\",\"obj\":\"user\",\"obj_id\":%s}".formatted(made.get("obj_id")));
    assertThat(server.ok("{\"type\":\"show\",\"obj\":\"company_keys\"}").get("list").toString())
        .doesNotContain("\"renamed\"");
  }

  @Test
  void aKeyMayNotTouchOtherKeys() {
    KeyWithSecret own = server.key("own");
    KeyWithSecret other = server.key("other");
    JsonNode answer =
        server
            .ops(
                2,
                own.key().loginId(),
                own.secret(),
                "{\"type\":\"rotate\",\"obj\":\"user\",\"obj_id\":%d}".formatted(other.key().id()))
            .get(0);
    assertThat(answer.get("description").asString()).isEqualTo("Access denied");
    JsonNode shown =
        server
            .ops(
                2,
                own.key().loginId(),
                own.secret(),
                "{\"type\":\"show\",\"obj\":\"user\",\"obj_id\":%d}".formatted(other.key().id()))
            .get(0);
    assertThat(shown.path("logins").path(0).get("key").isNull()).isTrue();
  }

  @Test
  void groupsCarryRights() {
    long process = server.process("Grouped");
    KeyWithSecret member = server.key("member");
    long group =
        server
            .ok(
                "{\"type\":\"create\",\"obj\":\"group\",\"title\":\"team\",\"obj_type\":\"admins\"}")
            .get("obj_id")
            .asLong();
    server.ok(
        "{\"type\":\"link\",\"obj\":\"user\",\"group_id\":%d,\"obj_id\":%d,\"level\":1}"
            .formatted(group, member.key().loginId()));
    server.ok(
        "{\"type\":\"link\",\"obj\":\"conv\",\"obj_id\":%d,\"obj_to\":\"group\",\"obj_to_id\":%d,\"privs\":[{\"type\":\"create\",\"list_obj\":[\"all\"]}]}"
            .formatted(process, group));
    String create =
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process);
    assertThat(
            server
                .ops(2, member.key().loginId(), member.secret(), create)
                .get(0)
                .get("proc")
                .asString())
        .isEqualTo("ok");
    assertThat(
            server
                .ok(
                    "{\"type\":\"list\",\"obj\":\"group\",\"obj_id\":%d,\"list_obj\":\"user\"}"
                        .formatted(group))
                .get("list"))
        .hasSize(1);
    server.ok(
        "{\"type\":\"link\",\"obj\":\"user\",\"group_id\":%d,\"obj_id\":%d}"
            .formatted(group, member.key().id()));
    assertThat(
            server
                .ops(2, member.key().loginId(), member.secret(), create)
                .get(0)
                .get("description")
                .asString())
        .isEqualTo("Access denied");
  }

  @Test
  void strangersAreDeniedEverything() {
    long process = Processes.waiting(server, "Private");
    String node = Processes.node(server, process, "Wait");
    KeyWithSecret stranger = server.key("stranger");
    List<String> ops =
        List.of(
            "{\"type\":\"show\",\"obj\":\"conv\",\"obj_id\":%d}",
            "{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}",
            "{\"type\":\"modify\",\"obj\":\"conv\",\"obj_id\":%d,\"title\":\"x\"}",
            "{\"type\":\"delete\",\"obj\":\"conv\",\"obj_id\":%d}",
            "{\"type\":\"get\",\"obj\":\"callback_hash\",\"conv_id\":%d}",
            "{\"type\":\"show\",\"obj\":\"conv_auth\",\"conv_id\":%d}",
            "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"x\"}",
            "{\"type\":\"modify\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"x\",\"data\":{}}",
            "{\"type\":\"list\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"" + node + "\"}",
            "{\"type\":\"reset\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"" + node + "\"}",
            "{\"type\":\"get\",\"obj\":\"obj_scheme\",\"obj_type\":\"conv\",\"obj_id\":%d}",
            "{\"type\":\"show\",\"obj\":\"stat\",\"conv_id\":%d,\"start\":0,\"end\":1,\"interval\":\"day\",\"group\":\"all\"}",
            "{\"type\":\"link\",\"obj\":\"conv\",\"obj_id\":%d,\"obj_to\":\"user\",\"obj_to_id\":1,\"privs\":[]}");
    List<String> texts = new ArrayList<>();
    for (String op : ops) {
      JsonNode answer =
          server.ops(2, stranger.key().loginId(), stranger.secret(), op.formatted(process)).get(0);
      texts.add(answer.path("description").asString("") + answer.path("proc").asString(""));
    }
    assertThat(texts).containsOnly("Access deniederror");
  }

  private static long folder(String title, long parent) {
    return server
        .ok(
            "{\"type\":\"create\",\"obj\":\"folder\",\"title\":\"%s\",\"folder_id\":%d}"
                .formatted(title, parent))
        .get("obj_id")
        .asLong();
  }
}
