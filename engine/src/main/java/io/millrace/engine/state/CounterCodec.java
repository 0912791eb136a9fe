package io.millrace.engine.state;

import io.millrace.engine.view.NodeCounts;

/** Stored forms of counters. */
public final class CounterCodec {
  private CounterCodec() {}

  /** Counters with the time of their last change. */
  public record Stored(NodeCounts counts, long touchedMillis) {}

  public static byte[] encode(Stored stored) {
    return new ByteWriter(40)
        .varint(stored.counts().in())
        .varint(stored.counts().out())
        .varint(stored.counts().count())
        .varint(stored.touchedMillis())
        .toBytes();
  }

  public static Stored decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new Stored(new NodeCounts(in.varint(), in.varint(), in.varint()), in.varint());
  }

  /** Entries and leaves up to some time. */
  public static byte[] encodeTotals(long in, long out) {
    return new ByteWriter(20).varint(in).varint(out).toBytes();
  }

  public static NodeCounts decodeTotals(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new NodeCounts(in.varint(), in.varint(), 0);
  }
}
