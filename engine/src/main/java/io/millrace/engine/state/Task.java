package io.millrace.engine.state;

import io.millrace.engine.id.TaskId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task while a partition works on it: one mutable object from the moment it is loaded or created
 * until it is written. Its data is replaced, never changed in place.
 */
public final class Task {
  private final TaskId id;
  private final long processId;
  private final @Nullable String reference;
  private long userId;
  private ObjectNode data;
  private int dataBytes;
  private int node = Keys.NO_NODE;
  private int previousNode = Keys.NO_NODE;
  private int entry;
  private Rest rest = Rest.READY;
  private int resume;
  private int moves;
  private long changeMillis;
  private long deadlineMillis;
  private int deadlineSemaphore;
  private long permitUntilMillis;
  private boolean permit;

  // The path: node ordinals with entry times, oldest first.
  private int[] pathNodes = new int[8];
  private long[] pathMillis = new long[8];
  private int pathLength;

  /**
   * A task outside any node.
   *
   * @param dataBytes upper bound of the compact JSON form of {@code data}, in bytes
   */
  public Task(
      TaskId id,
      long processId,
      @Nullable String reference,
      long userId,
      ObjectNode data,
      int dataBytes) {
    this.id = id;
    this.processId = processId;
    this.reference = reference;
    this.userId = userId;
    this.data = data;
    this.dataBytes = dataBytes;
    this.changeMillis = id.timeMillis();
  }

  public TaskId id() {
    return id;
  }

  public long processId() {
    return processId;
  }

  public @Nullable String reference() {
    return reference;
  }

  public long userId() {
    return userId;
  }

  public ObjectNode data() {
    return data;
  }

  /** Upper bound of the data's size as compact JSON, in bytes. */
  public int dataBytes() {
    return dataBytes;
  }

  /** Ordinal of the node it is in. */
  public int node() {
    return node;
  }

  public int previousNode() {
    return previousNode;
  }

  /** Number of node entries so far: the entry number of the present stay. */
  public int entry() {
    return entry;
  }

  public Rest rest() {
    return rest;
  }

  /** The logic that waits, or the one to go on with when it is ready. */
  public int resume() {
    return resume;
  }

  /** Node entries since it last waited for something outside. */
  public int moves() {
    return moves;
  }

  public long changeMillis() {
    return changeMillis;
  }

  /** When the node's time limit is due, Unix milliseconds; 0: none. */
  public long deadlineMillis() {
    return deadlineMillis;
  }

  /** Which semaphore of the node {@link #deadlineMillis} belongs to. */
  public int deadlineSemaphore() {
    return deadlineSemaphore;
  }

  /** When waiting for a permit ends, Unix milliseconds; 0: it does not wait for one. */
  public long permitUntilMillis() {
    return permitUntilMillis;
  }

  /** Whether it holds one of its node's permits. */
  public boolean permit() {
    return permit;
  }

  public int pathLength() {
    return pathLength;
  }

  public int pathNode(int step) {
    return pathNodes[step];
  }

  public long pathMillis(int step) {
    return pathMillis[step];
  }

  /** Replaces the data; {@code bytes} as in {@link #dataBytes}. */
  public void data(ObjectNode newData, int bytes) {
    data = newData;
    dataBytes = bytes;
  }

  public void changed(long timeMillis, long byUserId) {
    changeMillis = timeMillis;
    userId = byUserId;
  }

  /** Notes the node that gave rise to a task which has not entered any node yet. */
  public void cameFrom(int otherNode) {
    previousNode = otherNode;
  }

  /** Moves into a node. Time limits and waits of the previous node are forgotten. */
  public void enter(int newNode, long timeMillis, int pathStepsMax) {
    previousNode = node == Keys.NO_NODE ? previousNode : node;
    node = newNode;
    entry++;
    moves++;
    changeMillis = timeMillis;
    rest = Rest.READY;
    resume = 0;
    deadlineMillis = 0;
    permitUntilMillis = 0;
    appendStep(newNode, timeMillis, pathStepsMax);
  }

  public void rest(Rest newRest, int logic) {
    rest = newRest;
    resume = logic;
    if (newRest != Rest.READY) {
      moves = 0;
    }
  }

  public void deadline(long dueMillis, int semaphore) {
    deadlineMillis = dueMillis;
    deadlineSemaphore = semaphore;
  }

  public void permitUntil(long dueMillis) {
    permitUntilMillis = dueMillis;
  }

  public void permit(boolean held) {
    permit = held;
  }

  void restore(
      int storedNode,
      int storedPrevious,
      int storedEntry,
      Rest storedRest,
      int storedResume,
      int storedMoves,
      long storedChangeMillis) {
    node = storedNode;
    previousNode = storedPrevious;
    entry = storedEntry;
    rest = storedRest;
    resume = storedResume;
    moves = storedMoves;
    changeMillis = storedChangeMillis;
  }

  void appendStep(int stepNode, long timeMillis, int stepsMax) {
    if (pathLength >= stepsMax && pathLength > 0) {
      // The first step tells where it began; of the others the oldest goes.
      int from = Math.min(2, pathLength);
      System.arraycopy(pathNodes, from, pathNodes, from - 1, pathLength - from);
      System.arraycopy(pathMillis, from, pathMillis, from - 1, pathLength - from);
      pathLength--;
    }
    if (pathLength == pathNodes.length) {
      pathNodes = Arrays.copyOf(pathNodes, pathLength * 2);
      pathMillis = Arrays.copyOf(pathMillis, pathLength * 2);
    }
    pathNodes[pathLength] = stepNode;
    pathMillis[pathLength] = timeMillis;
    pathLength++;
  }
}
