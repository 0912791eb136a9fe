package io.millrace.runtime.rocks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link State} must do, whatever it is made of. */
abstract class StateContract {
  /** An empty state. */
  abstract State state();

  /** Makes what was written durable, if that means anything to this state. */
  abstract void commit();

  @Test
  void aWriteIsSeenAtOnceAndAfterTheCommit() {
    State state = state();
    state.put(Space.TASKS, key("a"), key("1"));
    assertThat(state.get(Space.TASKS, key("a"))).isEqualTo(key("1"));
    commit();
    assertThat(state.get(Space.TASKS, key("a"))).isEqualTo(key("1"));
  }

  @Test
  void anEmptyValueIsAValue() {
    State state = state();
    state.put(Space.INDEX, key("a"), new byte[0]);
    assertThat(state.get(Space.INDEX, key("a"))).isEmpty();
    commit();
    assertThat(state.get(Space.INDEX, key("a"))).isEmpty();
    assertThat(forwards(state, Space.INDEX, "", "z")).containsExactly("a=");
  }

  @Test
  void anEmptyKeyIsAKey() {
    State state = state();
    state.put(Space.INDEX, new byte[0], key("1"));
    commit();
    assertThat(forwards(state, Space.INDEX, "", "z")).containsExactly("=1");
    assertThat(backwards(state, Space.INDEX, "", "z")).containsExactly("=1");
  }

  @Test
  void spacesAreApart() {
    State state = state();
    for (Space space : Space.values()) {
      state.put(space, key("a"), key(space.name()));
    }
    commit();
    state.delete(Space.TASKS, key("a"));
    assertThat(state.get(Space.TASKS, key("a"))).isNull();
    assertThat(state.get(Space.ARCHIVE, key("a"))).isEqualTo(key("ARCHIVE"));
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() {
    State state = state();
    state.put(Space.INDEX, key("\u00ff"), key("3"));
    state.put(Space.INDEX, key("\u007f"), key("1"));
    commit();
    state.put(Space.INDEX, key("\u0080"), key("2"));
    assertThat(forwards(state, Space.INDEX, "", "\u00ff\u00ff"))
        .containsExactly("\u007f=1", "\u0080=2", "\u00ff=3");
  }

  @Test
  void aScanGoesFromTheFirstIncludedToTheLastExcluded() {
    State state = state();
    for (String name : List.of("a", "b", "c", "d")) {
      state.put(Space.INDEX, key(name), key(name));
      commit();
    }
    assertThat(forwards(state, Space.INDEX, "b", "d")).containsExactly("b=b", "c=c");
    assertThat(backwards(state, Space.INDEX, "b", "d")).containsExactly("c=c", "b=b");
    assertThat(forwards(state, Space.INDEX, "d", "b")).isEmpty();
    assertThat(backwards(state, Space.INDEX, "d", "b")).isEmpty();
  }

  @Test
  void aScanEndsWhenTheVisitorSaysSo() {
    State state = state();
    state.put(Space.INDEX, key("a"), key("1"));
    commit();
    state.put(Space.INDEX, key("b"), key("2"));
    List<String> seen = new ArrayList<>();
    state.scan(
        Space.INDEX,
        key(""),
        key("z"),
        (k, v) -> {
          seen.add(text(k));
          return false;
        });
    assertThat(seen).containsExactly("a");
  }

  @Test
  void aVisitorMayDeleteWhatItMeets() {
    State state = state();
    for (int i = 0; i < 10; i++) {
      state.put(Space.INDEX, key("k" + i), key("v"));
      if (i % 2 == 0) {
        commit();
      }
    }
    List<String> seen = new ArrayList<>();
    state.scan(
        Space.INDEX,
        key(""),
        key("z"),
        (k, v) -> {
          seen.add(text(k));
          state.delete(Space.INDEX, k);
          return true;
        });
    assertThat(seen).containsExactly("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9");
    assertThat(forwards(state, Space.INDEX, "", "z")).isEmpty();
  }

  @Test
  void aVisitorMayScanTheSameSpace() {
    State state = state();
    state.put(Space.INDEX, key("a"), key("1"));
    state.put(Space.INDEX, key("b"), key("2"));
    commit();
    List<String> seen = new ArrayList<>();
    state.scan(
        Space.INDEX,
        key(""),
        key("z"),
        (k, v) -> {
          seen.add(text(k) + forwards(state, Space.INDEX, "", "z"));
          return true;
        });
    assertThat(seen).containsExactly("a[a=1, b=2]", "b[a=1, b=2]");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1000})
  void aRangeGoesAtOnce(int keys) {
    State state = state();
    for (int i = 0; i < keys; i++) {
      state.put(Space.ARCHIVE, key("%05d".formatted(i)), key("v"));
    }
    commit();
    state.put(Space.ARCHIVE, key("00001x"), key("own"));
    state.deleteRange(Space.ARCHIVE, key("00001"), key("99999"));
    state.put(Space.ARCHIVE, key("00002"), key("again"));
    assertThat(forwards(state, Space.ARCHIVE, "", "z")).containsExactly("00000=v", "00002=again");
    commit();
    assertThat(forwards(state, Space.ARCHIVE, "", "z")).containsExactly("00000=v", "00002=again");
    assertThat(backwards(state, Space.ARCHIVE, "", "z")).containsExactly("00002=again", "00000=v");
  }

  /** Taken from the front in pieces, while others come in before, within and behind the rest. */
  @Test
  void aQueueIsServedFromItsFront() {
    State state = state();
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      put(state, model, key("%07d".formatted(random.nextInt(1_000_000))));
    }
    commit();
    while (!model.isEmpty()) {
      List<byte[]> taken = new ArrayList<>();
      state.scan(
          Space.INDEX,
          key("0"),
          key("9"),
          (k, v) -> {
            taken.add(k);
            return taken.size() < 500;
          });
      for (byte[] k : taken) {
        assertThat(k).isEqualTo(model.pollFirstEntry().getKey());
        state.delete(Space.INDEX, k);
      }
      if (random.nextInt(3) == 0) {
        put(state, model, key("%07d".formatted(random.nextInt(1_000_000))));
      }
      commit();
    }
    assertThat(forwards(state, Space.INDEX, "0", "9")).isEmpty();
  }

  private static void put(State state, NavigableMap<byte[], byte[]> model, byte[] key) {
    state.put(Space.INDEX, key, key);
    model.put(key, key);
  }

  /**
   * Random operations on the state and on a sorted map, with commits between them; both must answer
   * the same all the way. The key space is small, so that operations meet.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itBehavesLikeASortedMap(long seed) {
    Random random = new Random(seed);
    State state = state();
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < 2_000; i++) {
      byte[] key = randomKey(random);
      byte[] other = randomKey(random);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          byte[] value = key("v" + i);
          state.put(Space.INDEX, key, value);
          model.put(key, value);
        }
        case 3 -> {
          state.delete(Space.INDEX, key);
          model.remove(key);
        }
        case 4 -> {
          if (random.nextInt(5) == 0) {
            state.deleteRange(Space.INDEX, key, other);
            if (Arrays.compareUnsigned(key, other) < 0) {
              model.subMap(key, other).clear();
            }
          }
        }
        case 5 -> commit();
        case 6 -> assertThat(state.get(Space.INDEX, key)).isEqualTo(model.get(key));
        default -> {
          boolean ordered = Arrays.compareUnsigned(key, other) < 0;
          NavigableMap<byte[], byte[]> part =
              ordered ? model.subMap(key, true, other, false) : new TreeMap<>();
          assertThat(forwards(state, Space.INDEX, text(key), text(other))).isEqualTo(entries(part));
          assertThat(backwards(state, Space.INDEX, text(key), text(other)))
              .isEqualTo(entries(part.descendingMap()));
        }
      }
    }
    assertThat(forwards(state, Space.INDEX, "", "\u00ff\u00ff\u00ff")).isEqualTo(entries(model));
  }

  private static byte[] randomKey(Random random) {
    byte[] key = new byte[random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(20) * 13);
    }
    return key;
  }

  private static List<String> entries(NavigableMap<byte[], byte[]> map) {
    return map.entrySet().stream().map(e -> text(e.getKey()) + "=" + text(e.getValue())).toList();
  }

  static List<String> forwards(State state, Space space, String from, String to) {
    List<String> seen = new ArrayList<>();
    state.scan(space, key(from), key(to), (k, v) -> seen.add(text(k) + "=" + text(v)));
    return seen;
  }

  static List<String> backwards(State state, Space space, String from, String to) {
    List<String> seen = new ArrayList<>();
    state.scanBackwards(space, key(from), key(to), (k, v) -> seen.add(text(k) + "=" + text(v)));
    return seen;
  }

  static byte[] key(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static String text(byte[] key) {
    return new String(key, ISO_8859_1);
  }
}
