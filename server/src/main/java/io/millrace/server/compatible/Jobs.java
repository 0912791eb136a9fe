package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.store.WorkspaceException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Uploads that run in the background, and what came of them; kept for an hour. */
final class Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int RUNNING_MAX = 4;
  private static final int KEPT_MAX = 1_000;
  private static final long KEPT_MILLIS = 3_600_000;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore slots = new Semaphore(RUNNING_MAX);
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();

  Jobs(InstantSource clock) {
    this.clock = clock;
  }

  /** Work whose outcome is the members of an answer. */
  @FunctionalInterface
  interface Work {
    ObjectNode run();
  }

  private record Job(
      String kind, long user, long startMillis, String status, @Nullable ObjectNode outcome) {
    Job ended(String newStatus, ObjectNode newOutcome) {
      return new Job(kind, user, startMillis, newStatus, newOutcome);
    }
  }

  /** Starts work and answers the hash by which its caller may ask for the outcome. */
  String start(String kind, long user, Work work) {
    forgetOld();
    if (jobs.size() >= KEPT_MAX || !slots.tryAcquire()) {
      throw OpException.of("Too many requests: limit is reached");
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String hash = HexFormat.of().formatHex(bytes);
    Job job = new Job(kind, user, clock.millis(), "in_progress", null);
    jobs.put(hash, job);
    Thread.startVirtualThread(() -> {
      try {
        jobs.put(hash, run(job, work));
      } finally {
        slots.release();
      }
    });
    return hash;
  }

  private static Job run(Job job, Work work) {
    try {
      return job.ended("success", work.run());
    } catch (WorkspaceException e) {
      ObjectNode outcome = Json.object();
      OpException.of(e).writeTo(outcome, 2);
      return job.ended("error", outcome);
    } catch (RuntimeException e) {
      LOG.error("Background {} failed", job.kind(), e);
      return job.ended("error", Json.object().put("description", "Internal error"));
    }
  }

  /** The state of a job of this user: {@code status}, and the outcome when it ended. */
  Optional<ObjectNode> state(String hash, long user) {
    Job job = jobs.get(hash);
    if (job == null || job.user() != user) {
      return Optional.empty();
    }
    ObjectNode state = Json.object().put("proc", "ok").put("status", job.status());
    if (job.outcome() != null) {
      state.setAll(job.outcome());
    }
    // The question was answered, whatever came of the upload.
    return Optional.of(state.put("proc", "ok"));
  }

  /** The jobs of a user, or the one with this hash, as statistics. */
  ArrayNode statistics(long user, @Nullable String hash) {
    ArrayNode list = Json.array();
    jobs.forEach((id, job) -> {
      if (job.user() == user && (hash == null || hash.equals(id))) {
        boolean failed = job.status().equals("error");
        boolean ended = job.outcome() != null;
        list.addObject()
            .put("id", id)
            .put("obj_id", id)
            .put("obj", job.kind())
            .put("obj_type", "obj_scheme")
            .put("ok", ended && !failed ? 1 : 0)
            .put("err", failed ? 1 : 0)
            .put("all", 1)
            .put("progress", ended ? 100 : 0);
      }
    });
    return list;
  }

  private void forgetOld() {
    long oldest = clock.millis() - KEPT_MILLIS;
    jobs.values().removeIf(job -> job.outcome() != null && job.startMillis() < oldest);
  }
}
