package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SmokeTest {
  @RegisterExtension static final ServerFixture server = new ServerFixture();

  @Test
  void aTaskRuns() {
    long process = server.process("Hello");
    var answer = server.ok("{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":" + process + ",\"data\":{\"a\":1}}");
    System.out.println(answer);
    System.out.println(server.ok("{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":" + process + ",\"obj_id\":\"" + answer.get("obj_id").asString() + "\"}"));
    System.out.println(server.ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":" + process + "}"));
    assertThat(answer.get("proc").asString()).isEqualTo("ok");
  }
}
