package io.millrace.bench;

import io.millrace.bench.data.Records;
import io.millrace.bench.data.Solution;
import io.millrace.bench.load.EngineRun;
import io.millrace.bench.load.HttpRun;
import io.millrace.bench.load.LifeRun;
import io.millrace.bench.load.ReplayRun;
import io.millrace.bench.machine.Machine;
import io.millrace.engine.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Measures this machine and prints a table: {@code ./millrace bench}. */
@CommandLine.Command(
    name = "millrace bench",
    mixinStandardHelpOptions = true,
    description = "Measures this machine: engine, HTTP, start-up. Takes about six minutes.")
public final class Bench implements Callable<Integer> {
  private static final List<String> RUNS = List.of("micro", "engine", "replay", "http", "life");

  @CommandLine.Option(
      names = "--quick",
      description = "Small sizes: a look, not a measurement (about a minute).")
  private boolean quick;

  @CommandLine.Option(
      names = "--only",
      split = ",",
      paramLabel = "<run>",
      description = "Only these: micro, engine, replay, http, life.")
  private @Nullable List<String> only;

  @CommandLine.Option(
      names = "--json",
      paramLabel = "<file>",
      description = "Write the figures there, too.")
  private @Nullable Path json;

  @CommandLine.Option(
      names = "--folder",
      paramLabel = "<folder>",
      description = "Work below this folder, on the disk that is to be measured.")
  private @Nullable Path folder;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    List<String> wanted = only == null ? RUNS : only;
    for (String run : wanted) {
      if (!RUNS.contains(run)) {
        System.err.println("--only: expected some of " + RUNS + ", but got '" + run + "'");
        return 2;
      }
    }
    Path root = Path.of(System.getProperty("millrace.root", "")).toAbsolutePath();
    Path base = folder == null ? root.resolve("target") : folder;
    Files.createDirectories(base);
    Path work = Files.createTempDirectory(base, "bench");
    try {
      Map<String, String> machine = Machine.facts(work);
      machine.forEach((name, value) -> System.out.println(name + ": " + value));
      List<Figure> figures = measure(wanted, root, work);
      print(figures);
      if (json != null) {
        Files.write(json, Json.bytes(document(machine, figures)));
        System.out.println("Written: " + json.toAbsolutePath());
      }
      return 0;
    } finally {
      delete(work);
    }
  }

  private List<Figure> measure(List<String> wanted, Path root, Path work)
      throws IOException, InterruptedException, RunnerException {
    Solution solution = new Solution(root);
    Records records = new Records(Files.createDirectory(work.resolve("day")));
    List<Figure> figures = new ArrayList<>();
    for (String run : wanted) {
      System.out.println("… " + run);
      Path here = Files.createTempDirectory(work, run);
      figures.addAll(
          switch (run) {
            case "micro" -> micro(root);
            case "engine" -> new EngineRun(solution, records).run(here, quick ? 6 : 20);
            case "replay" -> new ReplayRun(solution, records).run(here, quick);
            case "http" -> new HttpRun(solution, records).run(here, quick);
            default -> new LifeRun().run(here, quick);
          });
    }
    return figures;
  }

  private List<Figure> micro(Path root) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include("io\\.millrace\\.bench\\.micro\\..*");
    options.jvmArgsAppend("-Dmillrace.root=" + root, "-XX:+UseCompactObjectHeaders", "-Xmx1g");
    options.verbosity(org.openjdk.jmh.runner.options.VerboseMode.SILENT);
    if (quick) {
      options.warmupIterations(1).measurementIterations(1);
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    List<Figure> figures = new ArrayList<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      figures.add(
          Figure.plain(
              name.substring(name.indexOf("micro.") + 6),
              result.getPrimaryResult().getScore(),
              "/s",
              "JMH, one thread, ± %.0f".formatted(result.getPrimaryResult().getScoreError())));
    }
    return figures;
  }

  private static void print(List<Figure> figures) {
    System.out.println();
    System.out.println("| What | Measured | Budget | Reached | How |");
    System.out.println("|---|---|---|---|---|");
    for (Figure figure : figures) {
      String bound = figure.atLeast() ? "≥ " : "≤ ";
      System.out.printf(
          "| %s | %s %s | %s | %s | %s |%n",
          figure.name(),
          number(figure.value()),
          figure.unit(),
          figure.budget() == null ? "" : bound + number(figure.budget()) + " " + figure.unit(),
          figure.reached(),
          figure.note());
    }
  }

  private static String number(double value) {
    return value >= 100 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
  }

  private static ObjectNode document(Map<String, String> machine, List<Figure> figures) {
    ObjectNode out = Json.object();
    out.put("measured", Instant.now().toString());
    ObjectNode facts = out.putObject("machine");
    machine.forEach(facts::put);
    ArrayNode list = out.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode entry = list.addObject();
      entry.put("name", figure.name()).put("value", figure.value()).put("unit", figure.unit());
      entry.put("budget", figure.budget()).put("atLeast", figure.atLeast());
      entry.put("note", figure.note());
    }
    return out;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.deleteIfExists(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
