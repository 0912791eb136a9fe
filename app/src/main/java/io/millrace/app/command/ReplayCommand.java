package io.millrace.app.command;

import io.millrace.aws.replay.Pace;
import io.millrace.aws.replay.Replay;
import io.millrace.aws.replay.ReplayFile;
import io.millrace.aws.replay.ReplayFiles;
import io.millrace.aws.replay.ReplayOptions;
import io.millrace.aws.replay.ReplayReport;
import io.millrace.aws.submit.HttpSink;
import io.millrace.aws.submit.HttpSinkSettings;
import io.millrace.aws.submit.RefusedRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: sends CloudTrail log files to a process of a running server. */
@Command(
    name = "replay",
    description = {
      "Sends CloudTrail log files to a process of a running server.",
      "Reads .json, .json.gz and .jsonl. Every record becomes a task whose reference is its eventID:",
      "a record sent twice creates nothing twice. An interrupted replay goes on where it was.",
      "The API key is read from MILLRACE_API_LOGIN and MILLRACE_API_SECRET."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int SHOWN_MAX = 10;
  private static final long MEGABYTE = 1_000_000;
  private static final long STOP_SECONDS = 15;

  private final Map<String, String> environment;

  @Parameters(
      arity = "1..*",
      paramLabel = "<file>",
      description = "Files, folders (with all below them) and globs")
  List<String> inputs = List.of();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "<process>",
      description = "Number or title of the process that gets the records")
  String to = "";

  @Option(
      names = "--speed",
      paramLabel = "<speed>",
      converter = Speed.class,
      defaultValue = "max",
      description =
          "max, 1x (as far apart as the events were) or a multiple such as 60x. Default: max")
  Pace speed = new Pace.Fastest();

  @Option(
      names = "--restart",
      description = "Begin anew instead of going on where a replay stopped")
  boolean restart;

  @Option(
      names = "--state",
      paramLabel = "<file>",
      description = "Where to keep how far the replay is. Default: one in ~/.millrace/replay")
  @Nullable Path state;

  @Mixin ServerAccess access = new ServerAccess();
  @Mixin Help help = new Help();
  @Spec CommandSpec spec = CommandSpec.create();

  ReplayCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<ReplayFile> files = find();
    ApiClient client = access.client(environment);
    long processId = client.processId(to);
    String target = client.server() + " process " + processId;
    out.printf("Replaying %d file(s) to %s%n", files.size(), target);
    out.flush();
    CountDownLatch told = new CountDownLatch(1);
    ReplayReport report;
    try {
      report = run(files, client, processId, target, told);
      tell(out, report);
    } finally {
      told.countDown();
    }
    return report.failures().isEmpty() && report.tally().refused() == 0 && !report.cancelled()
        ? ExitCode.DONE
        : ExitCode.FOUND;
  }

  private List<ReplayFile> find() {
    try {
      return ReplayFiles.find(inputs);
    } catch (NoSuchFileException e) {
      throw new CommandException(e.getFile() + ": " + e.getReason() + ".", e);
    } catch (IOException e) {
      throw new CommandException("Cannot read the files: " + e, e);
    }
  }

  private ReplayReport run(
      List<ReplayFile> files, ApiClient client, long processId, String target, CountDownLatch told)
      throws InterruptedException {
    long bytes = files.stream().mapToLong(ReplayFile::sizeBytes).sum();
    try (HttpSink sink =
            new HttpSink(
                HttpSinkSettings.of(client.server(), client.login(), client.secret(), processId));
        Bar bar = Bar.begin(Terminal.err(), "Replay", bytes, " MB", MEGABYTE)) {
      Replay replay =
          new Replay(
              files,
              sink,
              ReplayOptions.of(target).withPace(speed).withStateFile(stateFile(target), restart),
              progress -> {
                bar.to(progress.bytesDone(), progress.bytesTotal());
                bar.say(
                    "%,d records, %,.0f/s"
                        .formatted(progress.records(), progress.recordsPerSecond()));
              });
      // Ctrl-C: what was sent becomes durable and is remembered before the program ends.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(replay, told), "stop replay"));
      return replay.run();
    } catch (IOException e) {
      throw new CommandException(
          "The replay stopped: " + e.getMessage() + "\nRun the same command again to go on.", e);
    }
  }

  private static void stop(Replay replay, CountDownLatch told) {
    replay.cancel();
    try {
      if (!told.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        Terminal.err().println("The server does not answer; giving up.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path stateFile(String target) {
    if (state != null) {
      return state;
    }
    Path folder = Path.of(System.getProperty("user.home"), ".millrace", "replay");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CommandException(
          "Cannot create " + folder + " to keep how far the replay is; name a file by --state.", e);
    }
    return folder.resolve(
        UUID.nameUUIDFromBytes(target.getBytes(StandardCharsets.UTF_8)) + ".json");
  }

  private static void tell(PrintWriter out, ReplayReport report) {
    out.printf(
        "%,d records sent: %,d new, %,d known before, %,d refused. %,d files, %,d records of earlier"
            + " runs passed over.%n",
        report.tally().records(),
        report.tally().created(),
        report.tally().duplicates(),
        report.tally().refused(),
        report.files(),
        report.resumedRecords());
    report.tally().refusals().stream()
        .limit(SHOWN_MAX)
        .map(ReplayCommand::line)
        .forEach(out::println);
    if (report.badRecordsTotal() > 0) {
      out.printf("%,d records could not be read:%n", report.badRecordsTotal());
      report.badRecords().stream()
          .limit(SHOWN_MAX)
          .forEach(bad -> out.println("  " + bad.file().path() + ": " + bad.problem()));
    }
    report.failures().stream()
        .limit(SHOWN_MAX)
        .forEach(
            failure -> out.println("  " + failure.file().path() + ": " + failure.description()));
    if (report.cancelled()) {
      out.println("Stopped early; run the same command again to go on.");
    }
    out.flush();
  }

  private static String line(RefusedRecord refused) {
    return "  refused " + refused.reference() + ": " + refused.description();
  }
}
