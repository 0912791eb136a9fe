package io.millrace.engine.step;

import io.millrace.engine.state.CounterCodec;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TrafficPoint.Interval;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * In, out and rest count of every node, in memory, written once per commit. Traffic is kept as what
 * the counters were when a minute, hour or day began: one write per node and interval, exact after
 * any crash, and nothing is written where nothing moves.
 */
final class Counters {
  private static final Interval[] INTERVALS = Interval.values();

  private final State state;
  private final Map<Key, Node> nodes = new HashMap<>();
  private final List<Node> changed = new ArrayList<>();

  Counters(State state) {
    this.state = state;
    byte[] table = Keys.table('C');
    state.scan(
        Space.INDEX,
        table,
        Keys.after(table),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(key, 1, 12);
          Node node = new Node(new Key(in.getLong(), in.getInt()));
          CounterCodec.Stored stored = CounterCodec.decode(value);
          node.in = stored.counts().in();
          node.out = stored.counts().out();
          node.count = stored.counts().count();
          node.touchedMillis = stored.touchedMillis();
          nodes.put(node.key, node);
          return true;
        });
  }

  private record Key(long process, int node) {}

  private static final class Node {
    private final Key key;
    private long in;
    private long out;
    private long count;
    private long touchedMillis = -1;
    private boolean changed;

    private Node(Key key) {
      this.key = key;
    }
  }

  void entered(long process, int node, long nowMillis) {
    Node counter = touch(process, node, nowMillis);
    counter.in++;
    counter.count++;
  }

  void left(long process, int node, long nowMillis) {
    Node counter = touch(process, node, nowMillis);
    counter.out++;
    counter.count--;
  }

  long count(long process, int node) {
    Node counter = nodes.get(new Key(process, node));
    return counter == null ? 0 : counter.count;
  }

  /** Sets the rest count of a final node to zero. */
  void reset(long process, int node, long nowMillis) {
    touch(process, node, nowMillis).count = 0;
  }

  void remove(long process) {
    nodes.keySet().removeIf(key -> key.process() == process);
    changed.removeIf(node -> node.key.process() == process);
    byte[] from = Keys.table('C', process);
    state.deleteRange(Space.INDEX, from, Keys.after(from));
    for (Interval interval : INTERVALS) {
      state.deleteRange(
          Space.INDEX,
          Keys.traffic(interval.code(), process, 0),
          Keys.traffic(interval.code(), process, Long.MAX_VALUE));
    }
  }

  /** Forgets traffic older than these times, for all processes that have counters. */
  void dropTraffic(Interval interval, long beforeMillis) {
    nodes.keySet().stream()
        .map(Key::process)
        .distinct()
        .sorted()
        .forEach(process ->
            state.deleteRange(
                Space.INDEX,
                Keys.traffic(interval.code(), process, 0),
                Keys.traffic(interval.code(), process, beforeMillis)));
  }

  void flush() {
    for (Node node : changed) {
      node.changed = false;
      state.put(
          Space.INDEX,
          Keys.counter(node.key.process(), node.key.node()),
          CounterCodec.encode(
              new CounterCodec.Stored(
                  new NodeCounts(node.in, node.out, node.count), node.touchedMillis)));
    }
    changed.clear();
  }

  private Node touch(long process, int ordinal, long nowMillis) {
    Node node = Objects.requireNonNull(nodes.computeIfAbsent(new Key(process, ordinal), Node::new));
    if (nowMillis / 60_000 != node.touchedMillis / 60_000 || node.touchedMillis < 0) {
      beginInterval(node, nowMillis);
    }
    node.touchedMillis = nowMillis;
    if (!node.changed) {
      node.changed = true;
      changed.add(node);
    }
    return node;
  }

  private void beginInterval(Node node, long nowMillis) {
    for (Interval interval : INTERVALS) {
      long start = nowMillis / interval.millis();
      if (node.touchedMillis < 0 || start != node.touchedMillis / interval.millis()) {
        state.put(
            Space.INDEX,
            Keys.traffic(
                interval.code(), node.key.process(), start * interval.millis(), node.key.node()),
            CounterCodec.encodeTotals(node.in, node.out));
      }
    }
  }
}
