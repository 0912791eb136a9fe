package io.millrace.bench.load;

import io.millrace.aws.cloudtrail.ReadLimits;
import io.millrace.aws.cloudtrail.RecordReader;
import io.millrace.aws.submit.HostSink;
import io.millrace.aws.submit.Outcome;
import io.millrace.bench.Figure;
import io.millrace.bench.data.Records;
import io.millrace.bench.data.Solution;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.ProcessSource;
import io.millrace.runtime.LocalHost;
import io.millrace.runtime.LocalHostSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.node.ObjectNode;

/** CloudTrail files from disk through the whole flow, in process. */
public final class ReplayRun {
  private static final int IN_FLIGHT = 8_000;

  private final Solution solution;
  private final Records records;

  public ReplayRun(Solution solution, Records records) {
    this.solution = solution;
    this.records = records;
  }

  public List<Figure> run(Path folder, boolean quick) throws IOException, InterruptedException {
    int count = quick ? 50_000 : 400_000;
    Path file = folder.resolve("replay.json");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write("{\"Records\":[".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          out.write(',');
        }
        out.write(records.utf8(5_000_000_000L + i));
      }
      out.write("]}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    long bytes = Files.size(file);
    try (LocalHost host =
        LocalHost.open(
            LocalHostSettings.in(folder.resolve("replay")),
            EngineSettings.DEFAULT,
            List.of(),
            InstantSource.system(),
            new SplittableRandom(2))) {
      for (ProcessSource process : solution.processes()) {
        host.broadcast(id -> new Command.PutProcess(id, process)).join();
      }
      HostSink sink = new HostSink(host, solution.routerId(), 1);
      Semaphore window = new Semaphore(IN_FLIGHT);
      long started = System.nanoTime();
      try (InputStream in = Files.newInputStream(file);
          RecordReader reader = RecordReader.open(in, file.toString(), ReadLimits.DEFAULT)) {
        for (ObjectNode next = reader.next(); next != null; next = reader.next()) {
          window.acquire();
          sink.submit(next).whenComplete((Outcome outcome, Throwable e) -> window.release());
        }
      }
      window.acquire(IN_FLIGHT);
      double seconds = (System.nanoTime() - started) / 1e9;
      return List.of(
          Figure.rate(
              "replay of files from disk",
              bytes / 1e6 / seconds,
              "MB/s",
              50.0,
              "%,d records, %.0f MB of JSON, %.1f s, all durable"
                  .formatted(count, bytes / 1e6, seconds)));
    }
  }
}
