package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.binary.ServerClient;
import io.millrace.app.binary.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the promises of durability hold for the real binary. Method: clients load a server that is
 * killed with no warning at random instants, also while it starts; after each restart, and at the
 * end when nothing moves any more, what is there is compared with what was acknowledged. Pass: the
 * ledger and the store agree, and {@code millrace audit} finds nothing.
 *
 * <p>{@code -Dmillrace.crash.rounds=N} runs more rounds, {@code -Dmillrace.crash.seed=N} repeats
 * the instants and the mix of a run.
 */
class KillTest {
  private static final int ROUNDS = Integer.getInteger("millrace.crash.rounds", 20);
  private static final long SEED = Long.getLong("millrace.crash.seed", System.nanoTime());
  private static final int CLIENTS = 3;
  private static final int LOAD_MILLIS_MAX = 900;
  private static final int START_MILLIS_MAX = 2_000;

  /** Kept when something is wrong, to look at. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Random random = new Random(SEED);

  @Test
  void nothingAcknowledgedIsLostAndNothingHappensTwice() throws Exception {
    System.out.printf("KillTest: %d rounds, seed %d%n", ROUNDS, SEED);
    try (CalledServer called = new CalledServer()) {
      Load load;
      Reckoning reckoning;
      try (ServerProcess server = command().start();
          ServerClient client = ServerClient.of(server)) {
        Map<Long, Long> ids = client.importFile(resource("processes.json"));
        load = new Load(called.address(), ids.get(1L), ids.get(3L));
        reckoning = new Reckoning(load, ids.get(1L), ids.get(2L), ids.get(3L));
        load.createStates(client);
        killUnderLoad(server, load);
      }
      int checked = 0;
      for (int round = 2; round <= ROUNDS; round++) {
        if (round % 5 == 0) {
          killWhileItStarts();
          continue;
        }
        try (ServerProcess server = command().start();
            ServerClient client = ServerClient.of(server)) {
          reckoning.acknowledgedAreThere(client, checked);
          checked = load.next.get();
          killUnderLoad(server, load);
        }
        if (round == ROUNDS / 2) {
          assertThat(audit()).contains("Clean");
        }
      }
      settle(reckoning, called);
      System.out.printf(
          "KillTest: %d tasks sent, %d acknowledged%n", load.next.get(), load.created.size());
    }
  }

  private void settle(Reckoning reckoning, CalledServer called) {
    try (ServerProcess server = command().start();
        ServerClient client = ServerClient.of(server)) {
      reckoning.everythingIsInItsPlace(client, called);
      assertThat(audit(server.address())).contains("Clean");
      assertThat(server.stop().code()).isIn(0, 143);
    }
    assertThat(audit()).contains("Clean");
  }

  private ServerProcess.Command command() {
    return ServerProcess.server(home())
        .with("--set", "egress.allow=127.0.0.1", "--set", "call.timeout-millis=600");
  }

  private Path home() {
    return folder.resolve("home");
  }

  private void killUnderLoad(ServerProcess server, Load load) throws InterruptedException {
    URI address = server.address();
    List<Thread> clients = new ArrayList<>();
    for (int index = 0; index < CLIENTS; index++) {
      int own = index;
      long seed = random.nextLong();
      clients.add(
          Thread.ofPlatform()
              .start(() -> {
                try (ServerClient client =
                    new ServerClient(address, ServerProcess.API_LOGIN, ServerProcess.API_SECRET)) {
                  load.run(client, own, CLIENTS, seed);
                }
              }));
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LOAD_MILLIS_MAX));
    server.kill();
    for (Thread client : clients) {
      client.join();
    }
  }

  private void killWhileItStarts() throws InterruptedException {
    try (ServerProcess server = command().launch()) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(START_MILLIS_MAX));
      server.kill();
    }
  }

  private String audit() {
    ServerProcess.Outcome outcome =
        ServerProcess.command(home(), "audit", "--home", home().toString()).run();
    assertThat(outcome.code()).as("%s", outcome.out()).isZero();
    return outcome.out();
  }

  private String audit(URI address) {
    ServerProcess.Outcome outcome =
        ServerProcess.command(home(), "audit", "--url", address.toString()).run();
    assertThat(outcome.code()).as("%s", outcome.out()).isZero();
    return outcome.out();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream bytes = KillTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(bytes, name).readAllBytes();
    }
  }
}
