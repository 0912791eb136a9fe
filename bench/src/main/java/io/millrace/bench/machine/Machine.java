package io.millrace.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Facts about the machine. */
public final class Machine {
  private static final int FLUSHES = 500;

  private Machine() {}

  /** Name to value, in the order in which they are shown. */
  public static Map<String, String> facts(Path folder) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memory());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("disk flush (4 KiB write, fsync)", "%.0f µs".formatted(flushMicros(folder)));
    return facts;
  }

  /** Mean time of writing 4 KiB and forcing it to disk, in the folder that the runs use. */
  public static double flushMicros(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "flush", ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocate(4096);
      long started = System.nanoTime();
      for (int i = 0; i < FLUSHES; i++) {
        channel.write(page.clear());
        channel.force(false);
      }
      return (System.nanoTime() - started) / 1000.0 / FLUSHES;
    } finally {
      Files.delete(file);
    }
  }

  private static String processor() {
    return firstLine("/proc/cpuinfo", "model name");
  }

  private static String memory() {
    return firstLine("/proc/meminfo", "MemTotal");
  }

  private static String firstLine(String file, String name) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      for (String line : lines) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    } catch (IOException e) {
      // Not Linux; the fact is then not known.
    }
    return "unknown";
  }
}
