package io.millrace.app.command;

import java.io.PrintStream;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar with rate and time left; where nobody watches it is a line now and then, so that a
 * log stays readable.
 */
final class Bar implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;
  private static final int WIDTH = 100;
  private static final long QUIET_MILLIS = 5_000;

  private final ProgressBar bar;

  private Bar(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Begins a bar.
   *
   * @param task what is done
   * @param total how many units, or -1: not known yet
   * @param unit as shown, with a leading blank
   * @param unitSize how many make one of what is shown
   */
  static Bar begin(PrintStream stream, String task, long total, String unit, long unitSize) {
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(unit, unitSize)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setMaxRenderedLength(WIDTH)
            .continuousUpdate()
            .showSpeed();
    if (Terminal.watched()) {
      builder.setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH));
    } else {
      builder.setUpdateIntervalMillis((int) QUIET_MILLIS);
      builder.setConsumer(new Lines(stream::println));
    }
    return new Bar(builder.build());
  }

  void to(long done, long total) {
    bar.maxHint(total);
    bar.stepTo(done);
  }

  void say(String message) {
    bar.setExtraMessage(" " + message);
  }

  @Override
  public void close() {
    bar.close();
  }

  /** Whole lines, for files and pipes. */
  private record Lines(Consumer<String> line)
      implements me.tongfei.progressbar.ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String rendered) {
      line.accept(rendered.strip());
    }

    @Override
    public void close() {
      // The stream is not ours.
    }
  }
}
