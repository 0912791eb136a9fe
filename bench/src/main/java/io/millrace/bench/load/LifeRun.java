package io.millrace.bench.load;

import io.millrace.bench.Figure;
import io.millrace.engine.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Starting, resting tasks, kill and recovery, of the real server. */
public final class LifeRun {
  private static final int BATCH = 1_000;

  /** A process whose tasks wait for ten days, and one whose tasks finish at once. */
  private static final String SCHEME =
      """
      [{"obj_type":1,"obj_id":1,"parent_id":0,"title":"Rest","status":"active","params":[],
        "conv_type":"process","scheme":{"nodes":[
        {"id":"cccccccccccccccccccccc01","obj_type":1,"condition":{"logics":[{"type":"go",
         "to_node_id":"cccccccccccccccccccccc02"}],"semaphors":[]},"title":"Start","x":0,"y":0},
        {"id":"cccccccccccccccccccccc02","obj_type":0,"condition":{"logics":[],"semaphors":[
         {"type":"time","value":10,"dimension":"day","to_node_id":"cccccccccccccccccccccc03"}]},
         "title":"Wait","x":0,"y":200},
        {"id":"cccccccccccccccccccccc03","obj_type":2,"condition":{"logics":[],"semaphors":[]},
         "title":"End","x":0,"y":400}],"web_settings":[[],[]]}},
       {"obj_type":1,"obj_id":2,"parent_id":0,"title":"Pass","status":"active","params":[],
        "conv_type":"process","scheme":{"nodes":[
        {"id":"dddddddddddddddddddddd01","obj_type":1,"condition":{"logics":[{"type":"go",
         "to_node_id":"dddddddddddddddddddddd02"}],"semaphors":[]},"title":"Start","x":0,"y":0},
        {"id":"dddddddddddddddddddddd02","obj_type":2,"condition":{"logics":[],"semaphors":[]},
         "title":"End","x":0,"y":200}],"web_settings":[[],[]]}}]
      """;

  public List<Figure> run(Path folder, boolean quick) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    int resting = quick ? 50_000 : 1_000_000;
    Path home = Files.createTempDirectory(folder, "life");
    long rest;
    long pass;
    double empty;
    double full;
    try (ServerProcess server = new ServerProcess(home, List.of("-Xmx1g"))) {
      rest = server.importScheme(SCHEME, "Rest");
      pass = server.importScheme(SCHEME, "Pass");
      server.call(task(pass));
      figures.add(
          Figure.plain("start on a new folder", server.startSeconds(), "s", "to its ready line"));
    }
    long begun = System.nanoTime();
    try (ServerProcess server = new ServerProcess(home, List.of("-Xmx1g"))) {
      server.call(task(pass));
      figures.add(
          Figure.time(
              "start to first accepted task",
              (System.nanoTime() - begun) / 1e9,
              "s",
              3.0,
              "process start, ready line, one signed request"));
      Thread.sleep(3_000);
      figures.add(
          Figure.time("idle memory", server.residentMib(), "MiB", 300.0, "resident set, 3 s idle"));
      send(server, pass, quick ? 20_000 : 200_000);
      empty = send(server, pass, quick ? 20_000 : 200_000);
      send(server, rest, resting);
      full = send(server, pass, quick ? 20_000 : 200_000);
      figures.add(
          Figure.rate(
              "throughput with resting tasks",
              full / empty,
              "of empty",
              0.9,
              "%,d tasks with timers rest, heap of 1 GiB; %.0f/s against %.0f/s"
                  .formatted(resting, full, empty)));
      server.kill();
    }
    begun = System.nanoTime();
    try (ServerProcess server = new ServerProcess(home, List.of("-Xmx1g"))) {
      server.call(task(pass));
      figures.add(
          Figure.time(
              "kill -9 to serving again",
              (System.nanoTime() - begun) / 1e9,
              "s",
              10.0,
              "%,d live tasks".formatted(resting)));
    }
    return figures;
  }

  private static ObjectNode task(long process) {
    ObjectNode operation = Json.object();
    operation.put("type", "create").put("obj", "task").put("conv_id", process);
    operation.putObject("data").put("n", 1);
    return operation;
  }

  private static double send(ServerProcess server, long process, int tasks)
      throws InterruptedException {
    StringBuilder body = new StringBuilder("{\"ops\":[");
    for (int i = 0; i < BATCH; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":")
          .append(process)
          .append(",\"data\":{\"n\":")
          .append(i)
          .append(",\"text\":\"one of many resting tasks\"}}");
    }
    byte[] bytes = body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < tasks / BATCH; i++) {
      requests.add(Signing.request(server.port(), bytes));
    }
    HttpLoad.Outcome outcome = new HttpLoad(server.port(), 4, 0).run(requests);
    if (outcome.failed() > 0) {
      throw new IllegalStateException(outcome.failed() + " requests failed");
    }
    return tasks / outcome.seconds();
  }
}
