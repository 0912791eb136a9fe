package io.millrace.bench.load;

import io.millrace.bench.Figure;
import io.millrace.bench.data.Records;
import io.millrace.bench.data.Solution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same records through the HTTP API of the real server; the load comes from this process. */
public final class HttpRun {
  private static final int BATCH = 500;
  private static final int CONNECTIONS = 64;

  private final Solution solution;
  private final Records records;
  private long number = 1_000_000_000L;

  public HttpRun(Solution solution, Records records) {
    this.solution = solution;
    this.records = records;
  }

  public List<Figure> run(Path folder, boolean quick) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    Path home = Files.createTempDirectory(folder, "http");
    try (ServerProcess server = new ServerProcess(home, List.of("-Xmx2g"))) {
      long router = server.importScheme(solution.text(), Solution.ROUTER_TITLE);
      int batches = quick ? 40 : 200;
      new HttpLoad(server.port(), 4, 0).run(batches(server, router, batches / 4));
      settle(server);
      double before = server.tasksFinished();
      List<byte[]> prepared = batches(server, router, batches);
      HttpLoad.Outcome batch = new HttpLoad(server.port(), 4, 0).run(prepared);
      long started = System.nanoTime();
      settle(server);
      double seconds = batch.seconds() + (System.nanoTime() - started) / 1e9;
      figures.add(
          Figure.rate(
              "tasks completed, HTTP, 500 ops a request",
              (server.tasksFinished() - before) / seconds,
              "/s",
              30_000.0,
              "%d requests, %d failed, %.0f records/s accepted"
                  .formatted(batches, batch.failed(), batches * BATCH / batch.seconds())));
      singles(server, router, quick, figures);
      figures.add(Figure.plain("memory after load", server.residentMib(), "MiB", "resident set"));
    }
    return figures;
  }

  private void singles(ServerProcess server, long router, boolean quick, List<Figure> figures)
      throws IOException, InterruptedException {
    int count = quick ? 10_000 : 80_000;
    new HttpLoad(server.port(), CONNECTIONS, 0).run(singles(server, router, count / 2));
    HttpLoad.Outcome full =
        new HttpLoad(server.port(), CONNECTIONS, 0).run(singles(server, router, count));
    double rate = full.answered() / full.seconds();
    figures.add(
        Figure.rate(
            "requests, HTTP, one op each",
            rate,
            "/s",
            12_000.0,
            "%d connections, %d failed; load generator on the same cores"
                .formatted(CONNECTIONS, full.failed())));
    settle(server);
    long half = Math.max(500, (long) rate / 2);
    HttpLoad.Outcome calm =
        new HttpLoad(server.port(), CONNECTIONS, half)
            .run(singles(server, router, (int) Math.min(count, half * (quick ? 3 : 10))));
    String note = "at %d requests/s, %d failed".formatted(half, calm.failed());
    figures.add(
        Figure.time("latency p50 at half load", calm.percentileMillis(0.5), "ms", 3.0, note));
    figures.add(
        Figure.time("latency p99 at half load", calm.percentileMillis(0.99), "ms", 15.0, note));
  }

  /** Waits until everything that was accepted has run. */
  private static void settle(ServerProcess server) throws IOException, InterruptedException {
    double last = -1;
    for (double now = server.tasksFinished(); now != last; now = server.tasksFinished()) {
      last = now;
      Thread.sleep(20);
    }
  }

  private List<byte[]> batches(ServerProcess server, long router, int count) {
    List<byte[]> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder body = new StringBuilder(BATCH * 1_500).append("{\"ops\":[");
      for (int j = 0; j < BATCH; j++) {
        append(body.append(j == 0 ? "" : ","), router);
      }
      requests.add(request(server, body.append("]}")));
    }
    return requests;
  }

  private List<byte[]> singles(ServerProcess server, long router, int count) {
    List<byte[]> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder body = new StringBuilder(2_000).append("{\"ops\":[");
      append(body, router);
      requests.add(request(server, body.append("]}")));
    }
    return requests;
  }

  private void append(StringBuilder body, long router) {
    long id = number++;
    body.append("{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":")
        .append(router)
        .append(",\"ref\":\"")
        .append(Records.eventId(id))
        .append("\",\"data\":")
        .append(records.text(id))
        .append('}');
  }

  private static byte[] request(ServerProcess server, StringBuilder body) {
    return Signing.request(server.port(), body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
