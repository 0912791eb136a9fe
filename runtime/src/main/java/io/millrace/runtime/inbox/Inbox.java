package io.millrace.runtime.inbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands that wait for one partition. Doors may fill it up to a bound; directory commands go
 * first; what comes from inside (results of effects, messages) is always taken, because the engine
 * asked for it. Any thread may put in, one takes out.
 */
public final class Inbox {
  /** What became of an offer. */
  public enum Offer {
    TAKEN,
    /** Full; nothing was taken. */
    FULL,
    /** Closed; nothing was taken. */
    CLOSED
  }

  private enum Door {
    OPEN,
    /** Only what comes from inside is taken. */
    INSIDE_ONLY,
    CLOSED
  }

  private final int commandsMax;
  private final Doorbell doorbell;
  private final ArrayDeque<Submission> directory = new ArrayDeque<>();
  private final ArrayDeque<Submission> inside = new ArrayDeque<>();
  private final FairQueue tasks = new FairQueue();
  private Door door = Door.OPEN;
  // Written under the lock, read without it: for status, and by the loop before it sleeps.
  private volatile int taskCount;
  private volatile int otherCount;

  /**
   * @param commandsMax bound for commands about tasks, over all processes
   * @param doorbell wakes who takes out
   */
  public Inbox(int commandsMax, Doorbell doorbell) {
    this.commandsMax = commandsMax;
    this.doorbell = doorbell;
  }

  /** Offers a command about a task of this process. */
  public Offer offerTask(long processId, Submission submission) {
    synchronized (this) {
      if (door != Door.OPEN) {
        return Offer.CLOSED;
      }
      int count = taskCount;
      if (count >= commandsMax) {
        return Offer.FULL;
      }
      tasks.add(processId, submission);
      taskCount = count + 1;
    }
    doorbell.ring();
    return Offer.TAKEN;
  }

  /** Offers a command of the directory or of housekeeping; its number is bounded elsewhere. */
  public Offer offerDirectory(Submission submission) {
    synchronized (this) {
      if (door != Door.OPEN) {
        return Offer.CLOSED;
      }
      directory.addLast(submission);
      countOthers();
    }
    doorbell.ring();
    return Offer.TAKEN;
  }

  /** Offers a result or a message; refused only when the host is gone. */
  public Offer offerInside(Submission submission) {
    synchronized (this) {
      if (door == Door.CLOSED) {
        return Offer.CLOSED;
      }
      inside.addLast(submission);
      countOthers();
    }
    doorbell.ring();
    return Offer.TAKEN;
  }

  /**
   * Takes out what is to be applied next: all directory commands, then up to so many from inside,
   * then up to so many about tasks.
   */
  public void drain(int countMax, List<Submission> target) {
    if (isEmpty()) {
      return;
    }
    synchronized (this) {
      move(directory, Integer.MAX_VALUE, target);
      move(inside, countMax, target);
      countOthers();
      int taken = 0;
      while (taken < countMax) {
        Submission next = tasks.poll();
        if (next == null) {
          break;
        }
        target.add(next);
        taken++;
      }
      taskCount -= taken;
    }
  }

  private static void move(ArrayDeque<Submission> from, int countMax, List<Submission> target) {
    for (int i = 0; i < countMax; i++) {
      @Nullable Submission next = from.pollFirst();
      if (next == null) {
        return;
      }
      target.add(next);
    }
  }

  private void countOthers() {
    otherCount = directory.size() + inside.size();
  }

  /** From now on takes only what comes from inside. */
  public synchronized void closeDoor() {
    if (door == Door.OPEN) {
      door = Door.INSIDE_ONLY;
    }
  }

  /** Takes nothing any more, and hands out what was left. */
  public synchronized List<Submission> close() {
    door = Door.CLOSED;
    List<Submission> left = new ArrayList<>();
    drain(Integer.MAX_VALUE, left);
    return left;
  }

  public boolean isEmpty() {
    return taskCount == 0 && otherCount == 0;
  }

  /** How many commands wait. */
  public int size() {
    return taskCount + otherCount;
  }
}
