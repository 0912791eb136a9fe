package io.millrace.aws.sample;

import java.nio.file.Path;
import java.util.List;

/**
 * What the generator wrote.
 *
 * @param files the log files in order of delivery
 * @param keys their object keys, in the same order
 * @param records how many records they hold
 * @param bytes size of all files
 * @param hidden the attack, in order of time
 */
public record SampleReport(
    List<Path> files, List<String> keys, int records, long bytes, List<HiddenEvent> hidden) {
  public SampleReport {
    files = List.copyOf(files);
    keys = List.copyOf(keys);
    hidden = List.copyOf(hidden);
  }
}
