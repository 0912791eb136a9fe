package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.world.Faults;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: no schedule of commands, commits, messages, effects, timers and crashes breaks a promise of
 * the engine. Method: schedules chosen by consecutive seeds. Pass: no invariant is broken in any of
 * them. More: {@code -Dmillrace.simulation.schedules=100000}.
 */
class SimulationTest {
  private static final int SCHEDULES = Integer.getInteger("millrace.simulation.schedules", 1_000);
  private static final long FIRST = Long.getLong("millrace.simulation.seed", 1);

  @Test
  void noScheduleWithFaultsBreaksAnInvariant() {
    List<String> broken = new ArrayList<>();
    int crashes = 0;
    int submitted = 0;
    for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
      Simulation.Result result = Simulation.run(seed, 400, Faults.ALL, line -> {});
      crashes += result.crashes();
      submitted += result.submitted();
      if (!result.findings().isEmpty()) {
        broken.add("seed " + seed + ": " + result.findings());
      }
    }
    assertThat(broken).isEmpty();
    assertThat(crashes).as("crashes that the schedules contained").isGreaterThan(SCHEDULES);
    assertThat(submitted).isGreaterThan(SCHEDULES * 10);
  }

  @Test
  void withoutFaultsEverySubmittedTaskIsAcknowledged() {
    for (long seed = 1; seed <= 50; seed++) {
      Simulation.Result result = Simulation.run(seed, 600, Faults.NONE, line -> {});
      assertThat(result.findings()).as("seed " + seed).isEmpty();
      assertThat(result.crashes()).isZero();
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    for (long seed = 1; seed <= 20; seed++) {
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();
      Simulation.Result a = Simulation.run(seed, 400, Faults.ALL, first::add);
      Simulation.Result b = Simulation.run(seed, 400, Faults.ALL, second::add);
      assertThat(second).isEqualTo(first);
      assertThat(b).isEqualTo(a);
    }
  }
}
