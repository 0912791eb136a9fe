package io.millrace.server.directory;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.Reply;
import io.millrace.runtime.host.Host;
import io.millrace.workspace.version.Directory;
import io.millrace.workspace.version.DirectoryListener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every change of a process known to the engine. Whoever made the change waits here until the
 * engine has it durable; what could not be told is told again when the installation starts.
 */
public final class EngineDirectory implements DirectoryListener {
  private static final Logger LOG = LoggerFactory.getLogger(EngineDirectory.class);
  private static final int ATTEMPTS_MAX = 100;
  private static final long PAUSE_MILLIS_MAX = 500;
  private static final int AT_ONCE_MAX = 64;

  private final Host host;
  private final TaskUsers taskUsers = new TaskUsers();
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

  public EngineDirectory(Host host) {
    this.host = host;
  }

  /** Who may use the tasks of the processes told so far. */
  public TaskUsers taskUsers() {
    return taskUsers;
  }

  /** Calls the listener with the number of each process that changed. */
  public void onChange(LongConsumer listener) {
    listeners.add(listener);
  }

  /** Tells the engine of everything, and from then on of every change. */
  public void start(Directory directory) {
    directory.addListener(this);
    Queue<CompletableFuture<Reply>> running = new ArrayDeque<>();
    for (ProcessSource source : directory.allProcesses()) {
      if (running.size() >= AT_ONCE_MAX) {
        finish(running.remove());
      }
      taskUsers.put(source);
      running.add(host.broadcast(request -> new Command.PutProcess(request, source)));
    }
    running.forEach(EngineDirectory::finish);
  }

  private static void finish(CompletableFuture<Reply> reply) {
    Reply outcome = reply.join();
    if (outcome instanceof Reply.Overloaded || outcome instanceof Reply.Unavailable) {
      throw new IllegalStateException(
          "The engine does not take the directory of processes: " + outcome);
    }
    if (outcome instanceof Reply.Refused refused) {
      LOG.warn("The engine refused a process: {}", refused.description());
    }
  }

  @Override
  public void processChanged(ProcessSource source) {
    taskUsers.put(source);
    listeners.forEach(listener -> listener.accept(source.processId()));
    tell(source.processId(), request -> new Command.PutProcess(request, source));
  }

  @Override
  public void processRemoved(long processId, long version) {
    taskUsers.remove(processId);
    listeners.forEach(listener -> listener.accept(processId));
    tell(processId, request -> new Command.RemoveProcess(request, processId));
  }

  private void tell(long processId, LongFunction<Command.ForAll> command) {
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      Reply reply = host.broadcast(command).join();
      switch (reply) {
        case Reply.Overloaded(long retryAfterMillis) -> pause(retryAfterMillis);
        case Reply.Unavailable(String description) -> {
          LOG.warn("Process {} changed, but the engine is unavailable: {}", processId, description);
          throw new DirectoryException(processId, description);
        }
        case Reply.Refused(var reason, String description) -> {
          LOG.warn("The engine refused process {}: {} {}", processId, reason, description);
          return;
        }
        case Reply.Done done -> {
          return;
        }
        case Reply.Created created -> throw unexpected(reply);
        case Reply.Modified modified -> throw unexpected(reply);
        case Reply.Deleted deleted -> throw unexpected(reply);
      }
    }
    throw new DirectoryException(processId, "its inboxes are full");
  }

  private static IllegalStateException unexpected(Reply reply) {
    return new IllegalStateException(
        "Expected a reply to a change of the directory, but got " + reply);
  }

  private static void pause(long retryAfterMillis) {
    try {
      Thread.sleep(Math.clamp(retryAfterMillis, 1, PAUSE_MILLIS_MAX));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while telling the engine of a change", e);
    }
  }
}
