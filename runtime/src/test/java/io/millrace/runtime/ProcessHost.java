package io.millrace.runtime;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A local host with the real engine, spoken to in the user's verbs. */
final class ProcessHost implements AutoCloseable {
  static final NodeId START = NodeId.of("bbbbbbbbbbbbbbbbbbbbbb01");
  static final NodeId DELAY = NodeId.of("bbbbbbbbbbbbbbbbbbbbbb02");
  static final NodeId FINAL = NodeId.of("bbbbbbbbbbbbbbbbbbbbbb03");

  /** Waits thirty seconds and finishes: the smallest file of the format. */
  static final String WAIT_AND_FINISH =
      """
      {"nodes":[
        {"id":"bbbbbbbbbbbbbbbbbbbbbb01","obj_type":1,"title":"Start","condition":{"logics":[
          {"type":"go","to_node_id":"bbbbbbbbbbbbbbbbbbbbbb02"}],"semaphors":[]}},
        {"id":"bbbbbbbbbbbbbbbbbbbbbb02","obj_type":0,"title":"Delay","condition":{"logics":[],
          "semaphors":[{"type":"time","value":30,"dimension":"sec",
                        "to_node_id":"bbbbbbbbbbbbbbbbbbbbbb03"}]}},
        {"id":"bbbbbbbbbbbbbbbbbbbbbb03","obj_type":2,"title":"Final","condition":{"logics":[],
          "semaphors":[]},"options":"{\\"save_task\\":true}"}]}
      """;

  /** Copies each task to process 1001 with a reference, mostly into another partition. */
  static final String COPY_BY_REFERENCE =
      """
      {"nodes":[
        {"id":"dddddddddddddddddddddd01","obj_type":1,"title":"Start","condition":{"logics":[
          {"type":"go","to_node_id":"dddddddddddddddddddddd02"}],"semaphors":[]}},
        {"id":"dddddddddddddddddddddd02","obj_type":0,"title":"Copy","condition":{"logics":[
          {"type":"api_copy","conv_id":1001,"mode":"create","ref":"{{name}}","is_sync":false,
           "data":{"from":"{{name}}"},"data_type":{"from":"string"},"group":"","send_parent_data":false,
           "err_node_id":"dddddddddddddddddddddd04"},
          {"type":"go","to_node_id":"dddddddddddddddddddddd03"}],"semaphors":[]}},
        {"id":"dddddddddddddddddddddd03","obj_type":2,"title":"Copied","condition":{"logics":[],
          "semaphors":[]},"options":"{\\"save_task\\":true}"},
        {"id":"dddddddddddddddddddddd04","obj_type":2,"title":"Not copied","condition":{"logics":[],
          "semaphors":[]},"options":"{\\"save_task\\":true}"}]}
      """;

  static final NodeId COPIED = NodeId.of("dddddddddddddddddddddd03");
  static final NodeId NOT_COPIED = NodeId.of("dddddddddddddddddddddd04");

  final AtomicLong clockMillis = new AtomicLong(1_790_000_000_000L);
  private final LocalHostSettings settings;
  private final SplittableRandom slots = new SplittableRandom(5);
  private @Nullable LocalHost host;
  private long version;

  ProcessHost(Path folder) {
    settings =
        LocalHostSettings.in(folder).withLoops(2, 2).withShutdownGrace(Duration.ofSeconds(5));
  }

  LocalHost open() {
    LocalHost opened =
        LocalHost.open(
            settings,
            EngineSettings.DEFAULT,
            List.of(),
            () -> Instant.ofEpochMilli(clockMillis.get()),
            new SplittableRandom(1));
    host = opened;
    return opened;
  }

  LocalHost host() {
    return Objects.requireNonNull(host);
  }

  void deploy(long processId, String scheme, int retentionDays) {
    ProcessSource source =
        new ProcessSource(
            processId,
            ++version,
            "Process " + processId,
            false,
            ProcessStatus.ACTIVE,
            Json.array(),
            Json.parseObject(scheme),
            7,
            List.of(7L),
            retentionDays,
            Json.object());
    Reply reply = await(host().broadcast(id -> new Command.PutProcess(id, source)));
    if (!(reply instanceof Reply.Done)) {
      throw new AssertionError("Not deployed: " + reply);
    }
  }

  CompletableFuture<Reply> create(long processId, @Nullable String reference, String data) {
    ObjectNode parsed = Json.parseObject(data);
    int slot =
        reference == null ? slots.nextInt(Slots.COUNT) : Slots.ofReference(processId, reference);
    return host()
        .submit(id -> new Command.CreateTask(id, slot, processId, reference, parsed, 7, false));
  }

  static Reply await(CompletableFuture<Reply> reply) {
    return reply.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
  }
}
