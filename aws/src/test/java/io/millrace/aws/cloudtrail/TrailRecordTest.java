package io.millrace.aws.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TrailRecordTest {

  @Test
  void theReferenceIsTheEventId() {
    assertThat(TrailRecord.reference(json("{\"eventID\":\"e-1\"}"))).isEqualTo("e-1");
  }

  @Test
  void aRecordWithoutAnIdIsKnownByItsText() {
    String one = TrailRecord.reference(json("{\"eventName\":\"StopInstances\"}"));
    assertThat(one).startsWith("sha256-").hasSize(7 + 64);
    assertThat(TrailRecord.reference(json("{ \"eventName\" : \"StopInstances\" }"))).isEqualTo(one);
    assertThat(TrailRecord.reference(json("{\"eventName\":\"StartInstances\"}"))).isNotEqualTo(one);
    assertThat(TrailRecord.reference(json("{\"eventID\":\" \"}"))).startsWith("sha256-");
    assertThat(TrailRecord.reference(json("{\"eventID\":\"" + "x".repeat(256) + "\"}")))
        .startsWith("sha256-");
  }

  @Test
  void theEventTimeIsReadWhenThereIsOne() {
    assertThat(TrailRecord.eventTimeMillis(json("{\"eventTime\":\"1970-01-01T00:00:02Z\"}")))
        .hasValue(2_000);
    assertThat(TrailRecord.eventTimeMillis(json("{\"eventTime\":\"yesterday\"}"))).isEmpty();
    assertThat(TrailRecord.eventTimeMillis(json("{}"))).isEmpty();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }
}
