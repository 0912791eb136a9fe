package io.millrace.alerting.channel;

import java.util.Map;
import java.util.TreeMap;

/**
 * A channel as configured, not yet checked.
 *
 * @param name what the notify logic calls it
 * @param type {@code slack}, {@code email} or {@code webhook}
 * @param fields by type; may hold secrets, so they are never printed
 */
public record ChannelSettings(String name, String type, Map<String, String> fields) {
  public ChannelSettings {
    fields = Map.copyOf(fields);
  }

  @Override
  public String toString() {
    return "ChannelSettings[" + name + ", " + type + ", " + new TreeMap<>(fields).keySet() + "]";
  }
}
