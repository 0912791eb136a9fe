package io.millrace.runtime.message;

import io.millrace.engine.command.Message;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages between partitions as bytes. What one version wrote, that version and every later one
 * reads, for messages wait in outboxes while a program is replaced.
 *
 * <pre>
 * version (1) | kind (1) | fields in the order of the record
 * text and JSON: length (4), UTF-8;  optional fields: 0 or 1 first;  ids: their byte form
 * </pre>
 */
public final class MessageCodec {
  private static final byte VERSION = 1;

  private static final byte COPY_TASK = 1;
  private static final byte MODIFY_COPY = 2;
  private static final byte ACKNOWLEDGE = 3;
  private static final byte COUNT_DELTA = 4;
  private static final byte ACQUIRE_PERMIT = 5;
  private static final byte PERMIT_ANSWER = 6;
  private static final byte RELEASE_PERMIT = 7;

  private MessageCodec() {}

  public static byte[] encode(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(message, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Message message, DataOutputStream out) throws IOException {
    switch (message) {
      case Message.CopyTask m -> {
        out.writeByte(COPY_TASK);
        out.writeShort(m.slot());
        writeOptional(m.call(), out);
        out.writeLong(m.processId());
        writeOptional(m.reference(), out);
        writeJson(m.data(), out);
        out.writeLong(m.userId());
      }
      case Message.ModifyCopy m -> {
        out.writeByte(MODIFY_COPY);
        out.writeShort(m.slot());
        write(m.call(), out);
        out.writeLong(m.processId());
        writeText(m.reference(), out);
        writeJson(m.data(), out);
        out.writeLong(m.userId());
        out.writeBoolean(m.sync());
      }
      case Message.Acknowledge m -> {
        out.writeByte(ACKNOWLEDGE);
        write(m.call(), out);
        writeText(m.outcome().tag(), out);
        writeText(m.outcome().description(), out);
      }
      case Message.CountDelta m -> {
        out.writeByte(COUNT_DELTA);
        out.writeShort(m.slot());
        out.writeLong(m.processId());
        write(m.nodeId(), out);
        out.writeLong(m.delta());
      }
      case Message.AcquirePermit m -> {
        out.writeByte(ACQUIRE_PERMIT);
        out.writeShort(m.slot());
        out.writeLong(m.processId());
        write(m.nodeId(), out);
        write(m.call(), out);
        out.writeInt(m.permitsMax());
        out.writeLong(m.expiresAtMillis());
      }
      case Message.PermitAnswer m -> {
        out.writeByte(PERMIT_ANSWER);
        write(m.call(), out);
        out.writeBoolean(m.granted());
      }
      case Message.ReleasePermit m -> {
        out.writeByte(RELEASE_PERMIT);
        out.writeShort(m.slot());
        out.writeLong(m.processId());
        write(m.nodeId(), out);
        write(m.call(), out);
      }
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Message decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "Expected a message of version %d, but got version %d".formatted(VERSION, version));
      }
      Message message = read(in);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(
            "Expected the end of the message, but got %d bytes more".formatted(in.remaining()));
      }
      return message;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "The message ends too early, after %d bytes".formatted(bytes.length), e);
    } catch (JsonException e) {
      throw new IllegalArgumentException("The message's data cannot be read: " + e.getMessage(), e);
    }
  }

  private static Message read(ByteBuffer in) {
    byte kind = in.get();
    return switch (kind) {
      case COPY_TASK ->
          new Message.CopyTask(
              slot(in),
              in.get() == 0 ? null : EffectId.read(in),
              in.getLong(),
              in.get() == 0 ? null : text(in),
              json(in),
              in.getLong());
      case MODIFY_COPY ->
          new Message.ModifyCopy(
              slot(in),
              EffectId.read(in),
              in.getLong(),
              text(in),
              json(in),
              in.getLong(),
              in.get() != 0);
      case ACKNOWLEDGE ->
          new Message.Acknowledge(EffectId.read(in), new Message.Outcome(text(in), text(in)));
      case COUNT_DELTA ->
          new Message.CountDelta(slot(in), in.getLong(), NodeId.read(in), in.getLong());
      case ACQUIRE_PERMIT ->
          new Message.AcquirePermit(
              slot(in),
              in.getLong(),
              NodeId.read(in),
              EffectId.read(in),
              in.getInt(),
              in.getLong());
      case PERMIT_ANSWER -> new Message.PermitAnswer(EffectId.read(in), in.get() != 0);
      case RELEASE_PERMIT ->
          new Message.ReleasePermit(slot(in), in.getLong(), NodeId.read(in), EffectId.read(in));
      // The kinds are bytes from a disk, so the compiler cannot know them all.
      default -> throw new IllegalArgumentException("Unknown kind of message: " + kind);
    };
  }

  private static void write(EffectId id, DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(EffectId.BYTES);
    id.write(bytes);
    out.write(bytes.array());
  }

  private static void write(NodeId id, DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(NodeId.BYTES);
    id.write(bytes);
    out.write(bytes.array());
  }

  private static void writeOptional(@Nullable EffectId id, DataOutputStream out)
      throws IOException {
    out.writeBoolean(id != null);
    if (id != null) {
      write(id, out);
    }
  }

  private static void writeOptional(@Nullable String text, DataOutputStream out)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      writeText(text, out);
    }
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  private static void writeJson(ObjectNode data, DataOutputStream out) throws IOException {
    writeBytes(Json.bytes(data), out);
  }

  private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static int slot(ByteBuffer in) {
    return Short.toUnsignedInt(in.getShort());
  }

  private static String text(ByteBuffer in) {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static ObjectNode json(ByteBuffer in) {
    return Json.parseObject(bytes(in));
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException(
          "Expected a length from 0 to %d, but got %d".formatted(in.remaining(), length));
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
