package io.millrace.simulation.world;

import io.millrace.engine.Partition;
import io.millrace.engine.Snapshot;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.state.MemoryState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A host of several partitions on one thread, in virtual time. A run is a sequence of events chosen
 * by a seed: a command arrives, a partition works or commits, a letter is delivered, an effect
 * ends, time passes, everything crashes. What a partition did since its commit is lost in a crash;
 * replies leave only after the commit.
 */
public final class World {
  private static final long START_MILLIS = 1_700_000_000_000L;

  private static final byte[] ANSWER = "{\"answer\":1}".getBytes(StandardCharsets.UTF_8);

  private final int partitionCount;
  private final EngineSettings settings;
  private final SplittableRandom random;
  private final Faults faults;
  private final Consumer<String> log;
  private final Disk disk;
  private final List<Running> running = new ArrayList<>();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final Map<EffectId, Effect> effects = new LinkedHashMap<>();
  private final List<Command.FinishEffect> echoes = new ArrayList<>();
  private final Map<Long, BiConsumer<Long, Reply>> callers = new HashMap<>();
  private Consumer<Map<EffectId, Effect>> observer = started -> {};
  private long nowMillis = START_MILLIS;
  private long requests;
  private int crashes;
  private int commits;

  public World(
      int partitionCount, EngineSettings settings, long seed, Faults faults, Consumer<String> log) {
    this.partitionCount = partitionCount;
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.faults = faults;
    this.log = log;
    disk = new Disk(partitionCount);
    for (int i = 0; i < partitionCount; i++) {
      running.add(new Running(i));
    }
  }

  private record Arrival(int partition, Command command) {}

  /** A partition in memory, and what it holds back until its commit. */
  private final class Running implements Outputs {
    private final int index;
    private final MemoryState state;
    private final Partition partition;
    private final Map<Long, Reply> replies = new LinkedHashMap<>();
    private final List<Message> written = new ArrayList<>();
    private final List<Long> read = new ArrayList<>();
    private final Map<EffectId, Effect> started = new LinkedHashMap<>();
    private final Map<Integer, Deque<Disk.Letter>> inbox = new LinkedHashMap<>();
    private boolean dirty;

    private Running(int index) {
      this.index = index;
      state = disk.state(index).copy();
      partition = new Partition(settings, slot -> slot % partitionCount == index, state);
    }

    private void apply(Command command) {
      partition.apply(command, new Stamp(nowMillis, random.nextLong()), this);
      dirty = true;
    }

    @Override
    public void reply(long requestId, Reply reply) {
      replies.put(requestId, reply);
    }

    @Override
    public void send(Message message) {
      written.add(message);
    }

    @Override
    public void start(Effect effect) {
      started.put(effect.id(), effect);
    }

    @Override
    public void cancel(EffectId effectId) {
      started.remove(effectId);
    }

    @Override
    public void event(Event event) {
      log.accept(nowMillis + " p" + index + " event " + event.kind() + " " + event.text());
    }
  }

  /** Hears the effects under way after every change of them. */
  public void observe(Consumer<Map<EffectId, Effect>> newObserver) {
    observer = newObserver;
  }

  /** A command for one slot arrives; the caller hears the reply, or nothing when it was lost. */
  public void submit(LongFunction<Command.ForSlot> command, BiConsumer<Long, Reply> caller) {
    long id = ++requests;
    callers.put(id, caller);
    Command.ForSlot made = command.apply(id);
    arrivals.add(new Arrival(made.slot() % partitionCount, made));
  }

  /** A command for all partitions is applied and committed now. */
  public void everywhere(Command.ForAll command) {
    for (Running each : running) {
      each.apply(command);
      commit(each, false);
    }
  }

  public long nowMillis() {
    return nowMillis;
  }

  public int crashes() {
    return crashes;
  }

  public int commits() {
    return commits;
  }

  public int partitionCount() {
    return partitionCount;
  }

  /** The committed state of a partition. */
  public MemoryState committed(int partition) {
    return disk.state(partition);
  }

  public Snapshot snapshot(int partition) {
    return new Snapshot(disk.state(partition));
  }

  /** One event, chosen by the seed. */
  public void event() {
    int dice = random.nextInt(1_000);
    if (dice < faults.crashes()) {
      crash();
    } else if (dice < faults.crashes() + faults.jumps()) {
      jump();
    } else {
      ordinary();
    }
  }

  private void ordinary() {
    Running chosen = running.get(random.nextInt(partitionCount));
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> arrive();
      case 3, 4 -> work(chosen);
      case 5, 6 -> commit(chosen, random.nextInt(1_000) < faults.crashes());
      case 7 -> deliver(chosen);
      case 8 -> endEffect();
      default -> pass(random.nextLong(20_000));
    }
  }

  /** Lets everything run to its rest, without faults, as long as something is due within a day. */
  public void quiesce() {
    for (int round = 0; round < 100_000; round++) {
      boolean busy = false;
      while (!arrivals.isEmpty()) {
        arrive();
        busy = true;
      }
      for (Running each : running) {
        while (each.partition.hasReady()) {
          work(each);
          busy = true;
        }
        while (each.inbox.values().stream().anyMatch(letters -> !letters.isEmpty())) {
          deliver(each);
          busy = true;
        }
        if (each.dirty) {
          commit(each, false);
          busy = true;
        }
      }
      while (!effects.isEmpty() || !echoes.isEmpty()) {
        endEffect();
        busy = true;
      }
      if (!busy && !nextTimer()) {
        return;
      }
    }
    throw new IllegalStateException("The world does not come to rest");
  }

  private boolean nextTimer() {
    long due = Long.MAX_VALUE;
    for (Running each : running) {
      due = Math.min(due, each.partition.nextTimerMillis());
    }
    if (due > nowMillis + 86_400_000L) {
      return false;
    }
    nowMillis = Math.max(nowMillis, due);
    running.forEach(each -> each.apply(new Command.Tick()));
    return true;
  }

  private void arrive() {
    Arrival arrival = arrivals.poll();
    if (arrival != null) {
      running.get(arrival.partition()).apply(arrival.command());
    }
  }

  private void work(Running chosen) {
    if (chosen.partition.hasReady()) {
      chosen.apply(new Command.RunReady(1 + random.nextInt(8)));
    }
  }

  private void pass(long millis) {
    nowMillis += millis;
    for (Running each : running) {
      if (each.partition.nextTimerMillis() <= nowMillis) {
        each.apply(new Command.Tick());
      }
    }
  }

  private void jump() {
    long by = random.nextLong(-3_600_000L, 3_600_000L);
    nowMillis = Math.max(START_MILLIS, nowMillis + by);
    log.accept(nowMillis + " clock jumps by " + by + " ms");
  }

  private void deliver(Running to) {
    List<Deque<Disk.Letter>> waiting =
        to.inbox.values().stream().filter(letters -> !letters.isEmpty()).toList();
    if (!waiting.isEmpty()) {
      Disk.Letter letter = waiting.get(random.nextInt(waiting.size())).remove();
      to.read.add(letter.number());
      to.apply(new Command.Receive(letter.message()));
    }
  }

  private void endEffect() {
    if (!echoes.isEmpty() && random.nextBoolean()) {
      Command.FinishEffect echo = echoes.remove(random.nextInt(echoes.size()));
      running.get(echo.slot() % partitionCount).apply(echo);
      return;
    }
    if (effects.isEmpty()) {
      return;
    }
    List<Effect> candidates = List.copyOf(effects.values());
    Effect effect = candidates.get(random.nextInt(candidates.size()));
    effects.remove(effect.id());
    observer.accept(effects);
    Command.FinishEffect finish = new Command.FinishEffect(effect.id(), result(effect));
    if (random.nextInt(1_000) < faults.doubled()) {
      echoes.add(finish);
    }
    running.get(finish.slot() % partitionCount).apply(finish);
  }

  private EffectResult result(Effect effect) {
    boolean fails = random.nextInt(1_000) < faults.failed();
    return switch (effect) {
      case Effect.HttpCall call ->
          fails
              ? new EffectResult.HttpFailed(EffectResult.HttpFailure.TIMEOUT, "")
              : new EffectResult.HttpAnswer(200, List.of(), ANSWER, 5);
      case Effect.Notify notify ->
          fails
              ? new EffectResult.NotifyFailed("notify_expired", "gave up")
              : new EffectResult.Notified("n");
    };
  }

  /** Commits; {@code dies}: the host dies after the disk has it and before anyone hears of it. */
  private void commit(Running partition, boolean dies) {
    if (!partition.dirty) {
      return;
    }
    partition.partition.flush();
    commits++;
    List<Disk.Letter> letters =
        disk.commit(
            partition.index,
            partition.state.copy(),
            List.copyOf(partition.written),
            List.copyOf(partition.read));
    if (dies) {
      crash();
      return;
    }
    partition.dirty = false;
    partition.written.clear();
    partition.read.clear();
    letters.forEach(this::post);
    effects.putAll(partition.started);
    partition.started.clear();
    observer.accept(effects);
    Map<Long, Reply> replies = new LinkedHashMap<>(partition.replies);
    partition.replies.clear();
    replies.forEach((id, reply) -> {
      BiConsumer<Long, Reply> caller = callers.remove(id);
      if (caller != null) {
        caller.accept(id, reply);
      }
    });
  }

  private void post(Disk.Letter letter) {
    Running to = running.get(letter.message().slot() % partitionCount);
    to.inbox.computeIfAbsent(letter.from(), from -> new ArrayDeque<>()).add(letter);
  }

  private void crash() {
    crashes++;
    log.accept(nowMillis + " crash " + crashes);
    arrivals.clear();
    callers.clear();
    effects.clear();
    echoes.clear();
    for (int i = 0; i < partitionCount; i++) {
      running.set(i, new Running(i));
    }
    for (Iterator<Disk.Letter> letters = disk.letters(); letters.hasNext(); ) {
      post(letters.next());
    }
    for (Running each : running) {
      each.partition.pendingEffects(effect -> effects.put(effect.id(), effect));
    }
    observer.accept(effects);
  }
}
