package io.millrace.runtime.rocks;

import io.millrace.runtime.message.OutboxKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Key layout of the store. Every column family of a space holds the keys of all partitions:
 *
 * <pre>
 * partition (2 bytes, big endian, 0..4095) | key as the engine made it
 * </pre>
 *
 * <p>so that a partition is one contiguous range. PENDING holds the outbox of the host as well,
 * behind a prefix that no partition can have:
 *
 * <pre>
 * ffff | sending partition (2 bytes) | sequence (8 bytes)   for example  ffff 0003 000000000000002a
 * </pre>
 *
 * <p>Read in key order, an outbox gives the messages of each sender in the order it sent them.
 */
final class StoreKeys {
  static final int PREFIX_BYTES = 2;
  static final int OUTBOX_KEY_BYTES = PREFIX_BYTES + 2 + 8;
  private static final byte HOST_BYTE = (byte) 0xff;

  private StoreKeys() {}

  static byte[] prefix(int partition) {
    return new byte[] {(byte) (partition >>> 8), (byte) partition};
  }

  static byte[] inPartition(byte[] prefix, byte[] key) {
    byte[] full = new byte[PREFIX_BYTES + key.length];
    full[0] = prefix[0];
    full[1] = prefix[1];
    System.arraycopy(key, 0, full, PREFIX_BYTES, key.length);
    return full;
  }

  static byte[] outboxPrefix() {
    return new byte[] {HOST_BYTE, HOST_BYTE};
  }

  /** The key of a message in the outbox. */
  static byte[] outbox(OutboxKey key) {
    return ByteBuffer.allocate(OUTBOX_KEY_BYTES)
        .put(HOST_BYTE)
        .put(HOST_BYTE)
        .putShort((short) key.sender())
        .putLong(key.sequence())
        .array();
  }

  static OutboxKey outbox(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key, PREFIX_BYTES, OUTBOX_KEY_BYTES - PREFIX_BYTES);
    return new OutboxKey(Short.toUnsignedInt(in.getShort()), in.getLong());
  }

  static boolean isOutbox(byte[] key) {
    return key.length == OUTBOX_KEY_BYTES && key[0] == HOST_BYTE && key[1] == HOST_BYTE;
  }

  static byte[] withoutPrefix(byte[] full) {
    return Arrays.copyOfRange(full, PREFIX_BYTES, full.length);
  }
}
