package io.millrace.simulation;

import io.millrace.engine.command.EngineSettings;
import io.millrace.simulation.invariant.Invariants;
import io.millrace.simulation.workload.Workload;
import io.millrace.simulation.world.Faults;
import io.millrace.simulation.world.World;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Runs schedules: {@code Simulation <first seed> <how many> [<events>] [-v]}. Every failure is
 * reproduced by its seed alone. With {@code -v} each notable event is a line: time, where, what.
 */
public final class Simulation {
  private static final int EVENTS = 400;

  private Simulation() {}

  /**
   * What a run came to.
   *
   * @param findings broken invariants; empty: none
   */
  public record Result(
      long seed, int events, int crashes, int commits, int submitted, List<String> findings) {
    public Result {
      findings = List.copyOf(findings);
    }
  }

  /** Runs the schedule of one seed. */
  public static Result run(long seed, int events, Faults faults, Consumer<String> log) {
    SplittableRandom random = new SplittableRandom(seed);
    int partitions = 1 + random.nextInt(5);
    World world = new World(partitions, EngineSettings.DEFAULT, random.nextLong(), faults, log);
    Workload workload = new Workload(world, random.nextLong());
    Invariants invariants = new Invariants(world, workload);
    world.observe(invariants::observe);
    workload.deploy();
    for (int i = 0; i < events; i++) {
      if (random.nextInt(4) == 0) {
        workload.next();
      }
      if (random.nextInt(80) == 0) {
        workload.toggle(random.nextBoolean());
      }
      world.event();
    }
    workload.toggle(false);
    world.quiesce();
    return new Result(
        seed, events, world.crashes(), world.commits(), workload.submitted(), invariants.check());
  }

  public static void main(String[] arguments) {
    boolean verbose = List.of(arguments).contains("-v");
    List<String> numbers = List.of(arguments).stream().filter(a -> !a.equals("-v")).toList();
    long first = numbers.isEmpty() ? 1 : Long.parseLong(numbers.get(0));
    long count = numbers.size() < 2 ? 1_000 : Long.parseLong(numbers.get(1));
    int events = numbers.size() < 3 ? EVENTS : Integer.parseInt(numbers.get(2));
    long failed = 0;
    long crashes = 0;
    for (long seed = first; seed < first + count; seed++) {
      Result result = run(seed, events, Faults.ALL, verbose ? System.out::println : line -> {});
      crashes += result.crashes();
      if (!result.findings().isEmpty()) {
        failed++;
        System.out.println("seed " + seed + ": " + result.findings());
      }
    }
    System.out.println(
        count + " schedules, " + crashes + " crashes, " + failed + " with broken invariants");
    System.exit(failed == 0 ? 0 : 1);
  }
}
