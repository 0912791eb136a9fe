package io.millrace.server.session;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.version.ProcessInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who may use the direct URL of a process: whoever knows its hash and, when that is switched on, a
 * user name and password. Kept in memory; a change counts for the next request.
 */
public final class DirectUrlAccess {
  private static final int ENTRIES_MAX = 10_000;
  // A change made here is known at once; this bounds the age of one made by another instance.
  private static final long AGE_MILLIS_MAX = 5_000;

  private final Workspace workspace;
  private final InstantSource clock;
  private final Map<Long, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  public DirectUrlAccess(Workspace workspace, InstantSource clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  /** User name and password of basic authentication. */
  public record Basic(String user, String password) {
    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  private record Entry(@Nullable String hash, long ownerId, @Nullable Basic basic, long millis) {
    @Override
    public String toString() {
      return "Entry[ownerId=" + ownerId + "]";
    }
  }

  /** The outcome of a try. */
  public sealed interface Verdict {
    /** Tasks are created in the name of the process's owner. */
    record Granted(long ownerId) implements Verdict {}

    /** The hash is wrong, or there is no such process, or its direct URL is off. */
    record WrongHash() implements Verdict {}

    /** User name or password are missing or wrong. */
    record WrongCredentials() implements Verdict {}

    /** Not known in memory; ask {@link DirectUrlAccess#check} where blocking is allowed. */
    record Unknown() implements Verdict {}
  }

  /** As {@link #check}, but never blocks. */
  public Verdict checkInMemory(long process, String hash, @Nullable String authorization) {
    Entry entry = entries.get(process);
    return entry == null || clock.millis() - entry.millis() > AGE_MILLIS_MAX
        ? new Verdict.Unknown()
        : verdict(entry, hash, authorization);
  }

  /** Checks hash and credentials in constant time. Blocking. */
  public Verdict check(long process, String hash, @Nullable String authorization) {
    long changesBefore = changes.get();
    Optional<ProcessInfo> info =
        workspace
            .processes()
            .find(process)
            .filter(found -> found.status() != ProcessStatus.DELETED);
    if (info.isEmpty()) {
      return new Verdict.WrongHash();
    }
    Entry entry =
        new Entry(
            info.get().hash(), info.get().ownerId(), basic(process).orElse(null), clock.millis());
    if (entries.size() < ENTRIES_MAX || entries.containsKey(process)) {
      entries.put(process, entry);
    }
    if (changes.get() != changesBefore) {
      entries.remove(process); // what was read may be older than the change
    }
    return verdict(entry, hash, authorization);
  }

  private static Verdict verdict(Entry entry, String hash, @Nullable String authorization) {
    String right = entry.hash();
    if (right == null || !same(right, hash)) {
      return new Verdict.WrongHash();
    }
    Basic basic = entry.basic();
    if (basic != null && !same(expectedHeader(basic), authorization == null ? "" : authorization)) {
      return new Verdict.WrongCredentials();
    }
    return new Verdict.Granted(entry.ownerId());
  }

  private static String expectedHeader(Basic basic) {
    byte[] pair = (basic.user() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static boolean same(String right, String given) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** The process changed: read it again. */
  public void forget(long process) {
    changes.incrementAndGet();
    entries.remove(process);
  }

  /** The credentials of a process, when basic authentication is on. */
  public Optional<Basic> basic(long process) {
    return workspace
        .secrets()
        .get(secretName(process))
        .flatMap(Json::parse)
        .map(DirectUrlAccess::basicOf);
  }

  private static Basic basicOf(JsonNode json) {
    return new Basic(json.path("user").asString(""), json.path("pass").asString(""));
  }

  public void setBasic(long process, Basic basic) {
    workspace
        .secrets()
        .put(
            secretName(process),
            Json.text(Json.object().put("user", basic.user()).put("pass", basic.password())));
    forget(process);
  }

  public void removeBasic(long process) {
    workspace.secrets().remove(secretName(process));
    forget(process);
  }

  private static String secretName(long process) {
    return "server.direct-url." + process;
  }
}
