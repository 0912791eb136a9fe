package io.millrace.runtime.inbox;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves processes in turn, and the commands of one process in the order they came: a flood for one
 * process delays the others by one command a turn. Not thread-safe.
 */
final class FairQueue {
  private static final class Lane {
    final long processId;
    final ArrayDeque<Submission> commands = new ArrayDeque<>();

    Lane(long processId) {
      this.processId = processId;
    }
  }

  private final Map<Long, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> turns = new ArrayDeque<>();

  void add(long processId, Submission submission) {
    Lane lane = lanes.get(processId);
    if (lane == null) {
      lane = new Lane(processId);
      lanes.put(processId, lane);
      turns.addLast(lane);
    }
    lane.commands.addLast(submission);
  }

  @Nullable Submission poll() {
    Lane lane = turns.pollFirst();
    if (lane == null) {
      return null;
    }
    Submission next = lane.commands.pollFirst();
    if (lane.commands.isEmpty()) {
      lanes.remove(lane.processId);
    } else {
      turns.addLast(lane);
    }
    return next;
  }
}
