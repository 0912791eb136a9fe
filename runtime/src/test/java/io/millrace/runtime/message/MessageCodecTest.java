package io.millrace.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.command.Message;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.json.Json;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class MessageCodecTest {
  private static final int[] CODE_POINTS =
      "az09 \u00e9\u4e2d\ud83d\ude00\"\\\n\u0000".codePoints().toArray();

  private enum Kind {
    COPY_TASK,
    MODIFY_COPY,
    ACKNOWLEDGE,
    COUNT_DELTA,
    ACQUIRE_PERMIT,
    PERMIT_ANSWER,
    RELEASE_PERMIT
  }

  /** Random messages of each kind come back equal, and no prefix of one is taken for a message. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsReadEqualsWhatWasWritten(Kind kind) {
    Random random = new Random(kind.ordinal());
    for (int i = 0; i < 300; i++) {
      Message message = random(kind, random);
      byte[] bytes = MessageCodec.encode(message);
      assertThat(MessageCodec.decode(bytes)).isEqualTo(message);
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThatThrownBy(() -> MessageCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Whatever the bytes, the answer is a message or the codec's own error. */
  @Test
  void anyBytesAreAMessageOrAnError() {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = MessageCodec.encode(random(Kind.values()[i % Kind.values().length], random));
      for (int j = 0; j < 3; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        MessageCodec.decode(bytes);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void bytesOfALaterVersionAreRefused() {
    byte[] bytes = MessageCodec.encode(new Message.PermitAnswer(effectId(new Random(1)), true));
    bytes[0] = 2;
    assertThatThrownBy(() -> MessageCodec.decode(bytes))
        .hasMessage("Expected a message of version 1, but got version 2");
  }

  /** The layout of version 1, byte by byte: it must never change. */
  @Test
  void theLayoutStaysAsItIs() {
    Message message = new Message.CopyTask(0x0abc, null, 7, "r\u00e9", data("{\"a\":1.5}"), 0x0102);
    assertThat(MessageCodec.encode(message))
        .asHexString()
        .isEqualTo(
            ("01 01 0ABC 00 0000000000000007 01 00000003 72C3A9"
                    + " 00000009 7B2261223A312E357D 0000000000000102")
                .replace(" ", ""));
  }

  private static Message random(Kind kind, Random random) {
    int slot = random.nextInt(4096);
    long process = random.nextLong();
    NodeId node = new NodeId(random.nextLong(), random.nextInt());
    return switch (kind) {
      case COPY_TASK ->
          new Message.CopyTask(
              slot,
              random.nextBoolean() ? effectId(random) : null,
              process,
              random.nextBoolean() ? text(random) : null,
              data(random),
              random.nextLong());
      case MODIFY_COPY ->
          new Message.ModifyCopy(
              slot,
              effectId(random),
              process,
              text(random),
              data(random),
              random.nextLong(),
              random.nextBoolean());
      case ACKNOWLEDGE ->
          new Message.Acknowledge(
              effectId(random), new Message.Outcome(text(random), text(random)));
      case COUNT_DELTA -> new Message.CountDelta(slot, process, node, random.nextLong());
      case ACQUIRE_PERMIT ->
          new Message.AcquirePermit(
              slot, process, node, effectId(random), random.nextInt(), random.nextLong());
      case PERMIT_ANSWER -> new Message.PermitAnswer(effectId(random), random.nextBoolean());
      case RELEASE_PERMIT -> new Message.ReleasePermit(slot, process, node, effectId(random));
    };
  }

  private static EffectId effectId(Random random) {
    return new EffectId(
        new TaskId(random.nextLong(), random.nextInt()),
        random.nextInt(),
        random.nextInt(Short.MAX_VALUE));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return text.toString();
  }

  private static ObjectNode data(Random random) {
    ObjectNode data = Json.object();
    for (int i = random.nextInt(5); i > 0; i--) {
      data.put("text" + i, text(random));
      data.put("number" + i, random.nextInt());
      data.putObject("object" + i).putArray("list").add(random.nextBoolean()).addNull();
    }
    // As the engine has it: parsed.
    return data(Json.text(data));
  }

  private static ObjectNode data(String json) {
    return Json.parseObject(json);
  }
}
