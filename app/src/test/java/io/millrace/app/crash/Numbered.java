package io.millrace.app.crash;

import io.millrace.app.binary.ServerClient;
import java.net.URI;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * The task of a number: its reference, its data and where it ends follow from the number alone, so
 * that a checker needs to remember no more than which numbers were acknowledged.
 */
record Numbered(int number) {
  enum Kind {
    COMPUTE("Computed"),
    COPY("Copied"),
    REFERENCE("Copied"),
    TIMER("Timed"),
    CALL("Called"),
    NOTIFY("Notified"),
    WAIT("Wait"),
    REMOVE("Wait"),
    DROP("Dropped");

    /** The node in which such a task comes to rest when nobody touches it. */
    final String node;

    Kind(String node) {
      this.node = node;
    }
  }

  /** What the server that is called does with a request. */
  enum Answer {
    OK,
    FAIL,
    HANG
  }

  Kind kind() {
    return Kind.values()[number % Kind.values().length];
  }

  Answer answer() {
    return switch (number / Kind.values().length % 8) {
      case 6 -> Answer.FAIL;
      case 7 -> Answer.HANG;
      default -> Answer.OK;
    };
  }

  String reference() {
    return "task-" + number;
  }

  static Numbered ofReference(String reference) {
    return new Numbered(Integer.parseInt(reference.substring("task-".length())));
  }

  /** The node in which it rests once nothing moves any more, unless it was answered or removed. */
  String node() {
    return kind() == Kind.CALL && answer() != Answer.OK ? "Call failed" : kind().node;
  }

  /**
   * The operation that creates it.
   *
   * @param called where the server listens that nodes call
   * @param dueSeconds Unix time at which a task with a time limit goes on
   */
  ObjectNode create(long process, URI called, long dueSeconds) {
    ObjectNode op =
        ServerClient.object("{\"type\":\"create\",\"obj\":\"task\"}")
            .put("conv_id", process)
            .put("ref", reference());
    ObjectNode data = op.putObject("data");
    data.put("n", number).put("kind", kind().name().toLowerCase(Locale.ROOT));
    switch (kind()) {
      case TIMER -> data.put("due", dueSeconds);
      case CALL -> data.put("url", called.resolve("/" + answer()).toString());
      case COMPUTE, COPY, REFERENCE, NOTIFY, WAIT, REMOVE, DROP -> {}
    }
    return op;
  }
}
