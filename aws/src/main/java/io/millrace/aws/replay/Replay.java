package io.millrace.aws.replay;

import io.millrace.aws.cloudtrail.RecordReader;
import io.millrace.aws.submit.SubmitException;
import io.millrace.aws.submit.SubmitTally;
import io.millrace.aws.submit.SubmitWindow;
import io.millrace.aws.submit.TaskSink;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays log files into a sink, one run. Files follow each other without a gap in the window; what
 * is durable is checkpointed about once a second, so a run that ended early goes on where it was.
 */
public final class Replay {
  private static final int BAD_RECORDS_MAX = 100;
  private static final int PROGRESS_RECORDS = 200;
  private static final long CHECKPOINT_MILLIS = 1_000;

  private final List<ReplayFile> files;
  private final TaskSink sink;
  private final ReplayOptions options;
  private final ReplayListener listener;
  private volatile boolean cancelled;

  /**
   * @param files in the order of the replay, as {@link ReplayFiles#find} answers them
   */
  public Replay(
      List<ReplayFile> files, TaskSink sink, ReplayOptions options, ReplayListener listener) {
    this.files = List.copyOf(files);
    this.sink = sink;
    this.options = options;
    this.listener = listener;
  }

  /** Ends the run soon, from any thread; what was submitted becomes durable and is remembered. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Runs to the end. A file that cannot be read is reported and does not stop the others.
   *
   * @throws IOException when the target takes no more records, or the state cannot be kept
   */
  public ReplayReport run() throws IOException, InterruptedException {
    Run run = new Run(ReplayState.open(options.stateFile(), options.target(), options.restart()));
    try {
      run.all();
    } finally {
      run.checkpoint();
    }
    return run.report();
  }

  /** A file in the window: its first record's number there, and how many records it had. */
  private static final class Mark {
    final ReplayFile file;
    final long firstNumber;
    final long resumed;
    long end = -1;

    Mark(ReplayFile file, long firstNumber, long resumed) {
      this.file = file;
      this.firstNumber = firstNumber;
      this.resumed = resumed;
    }
  }

  private final class Run {
    private final ReplayState state;
    private final SubmitWindow window = new SubmitWindow(sink, options.recordsMax());
    private final Timing timing = Timing.of(options.pace(), options.clock(), this::waiting);
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final List<ReplayReport.FileFailure> failures = new ArrayList<>();
    private final List<ReplayReport.BadRecord> badRecords = new ArrayList<>();
    private final long bytesTotal = files.stream().mapToLong(ReplayFile::sizeBytes).sum();
    private final long startMillis = options.clock().millis();
    private long checkpointMillis = startMillis;
    private long bytesBefore;
    private long bytesOfFile;
    private int filesDone;
    private long submitted;
    private long resumedRecords;
    private long badRecordsTotal;
    private String fileName = "";

    Run(ReplayState state) {
      this.state = state;
    }

    void all() throws IOException, InterruptedException {
      for (ReplayFile file : files) {
        if (cancelled) {
          break;
        }
        one(file);
        if (cancelled) {
          break;
        }
        bytesBefore += file.sizeBytes();
        bytesOfFile = 0;
        filesDone++;
        tell();
      }
      window.drain();
      tell();
    }

    private void one(ReplayFile file) throws IOException, InterruptedException {
      fileName = String.valueOf(file.path().getFileName());
      if (state.isDone(file)) {
        resumedRecords += state.recordsDone(file);
        return;
      }
      Mark mark = new Mark(file, submitted, state.recordsDone(file));
      marks.add(mark);
      try (RecordReader reader =
          RecordReader.open(
              Files.newInputStream(file.path()), file.path().toString(), options.limits())) {
        records(reader, mark);
        keepProblems(file, reader);
        if (!cancelled) {
          mark.end = submitted;
        }
      } catch (SubmitException e) {
        throw e;
      } catch (IOException e) {
        failures.add(new ReplayReport.FileFailure(file, String.valueOf(e.getMessage())));
      }
    }

    private void records(RecordReader reader, Mark mark) throws IOException, InterruptedException {
      long number = 0;
      ObjectNode record;
      while (!cancelled && (record = timing.next(reader)) != null) {
        if (number++ < mark.resumed) {
          resumedRecords++;
          continue;
        }
        if (!timing.awaitTurn(record)) {
          return;
        }
        window.submit(record);
        submitted++;
        if (submitted % PROGRESS_RECORDS == 0) {
          bytesOfFile = Math.min(reader.fileBytes(), mark.file.sizeBytes());
          tell();
          checkpointWhenDue();
        }
      }
    }

    /** Called while a record's time has not come; answers whether to go on waiting. */
    private boolean waiting() {
      window.flush();
      tell();
      return !cancelled;
    }

    private void keepProblems(ReplayFile file, RecordReader reader) {
      badRecordsTotal += reader.problemsTotal();
      reader.problems().stream()
          .limit(BAD_RECORDS_MAX - badRecords.size())
          .forEach(problem -> badRecords.add(new ReplayReport.BadRecord(file, problem)));
    }

    private void checkpointWhenDue() throws IOException {
      if (options.clock().millis() - checkpointMillis >= CHECKPOINT_MILLIS) {
        checkpoint();
      }
    }

    void checkpoint() throws IOException {
      checkpointMillis = options.clock().millis();
      long durable = window.durable();
      while (!marks.isEmpty() && settle(marks.peekFirst(), durable)) {
        marks.removeFirst();
      }
      state.save();
    }

    /** Notes how much of a file is durable; true when nothing more will become so. */
    private boolean settle(Mark mark, long durable) {
      boolean complete = mark.end >= 0;
      long end = complete ? mark.end : endSoFar(mark);
      long records = mark.resumed + Math.max(0, Math.min(durable, end) - mark.firstNumber);
      boolean settled = durable >= end && (complete || mark != marks.peekLast());
      if (records > mark.resumed || (complete && settled)) {
        state.set(mark.file, records, complete && settled);
      }
      return settled;
    }

    private long endSoFar(Mark mark) {
      boolean found = false;
      for (Mark other : marks) {
        if (found) {
          return other.firstNumber;
        }
        found = other == mark;
      }
      return submitted;
    }

    private void tell() {
      SubmitTally tally = window.tally();
      double seconds = Math.max(1, options.clock().millis() - startMillis) / 1000.0;
      listener.progress(
          new ReplayProgress(
              files.size(),
              filesDone,
              bytesTotal,
              bytesBefore + bytesOfFile,
              submitted,
              resumedRecords,
              tally.duplicates(),
              tally.refused(),
              badRecordsTotal,
              submitted / seconds,
              fileName));
    }

    ReplayReport report() {
      return new ReplayReport(
          filesDone - failures.size(),
          window.tally(),
          resumedRecords,
          failures,
          badRecordsTotal,
          badRecords,
          cancelled);
    }
  }

  /** When records go, and in which order within a file. */
  private abstract static class Timing {
    static Timing of(Pace pace, ReplayClock clock, BooleanSupplier waiting) {
      return switch (pace) {
        case Pace.Fastest _ -> new FileOrder();
        case Pace.EventTime events -> new EventOrder(events.factor(), clock, waiting);
      };
    }

    abstract @Nullable ObjectNode next(RecordReader reader) throws IOException;

    /** Waits for a record's time; false when the replay was ended meanwhile. */
    abstract boolean awaitTurn(ObjectNode record) throws InterruptedException;
  }

  private static final class FileOrder extends Timing {
    @Override
    @Nullable ObjectNode next(RecordReader reader) throws IOException {
      return reader.next();
    }

    @Override
    boolean awaitTurn(ObjectNode record) {
      return true;
    }
  }

  private static final class EventOrder extends Timing {
    private final EventPace pace;
    private final SortedRecords sorted = new SortedRecords();

    EventOrder(double factor, ReplayClock clock, BooleanSupplier waiting) {
      this.pace = new EventPace(factor, clock, waiting);
    }

    @Override
    @Nullable ObjectNode next(RecordReader reader) throws IOException {
      return sorted.next(reader);
    }

    @Override
    boolean awaitTurn(ObjectNode record) throws InterruptedException {
      return pace.awaitTurn(record);
    }
  }
}
