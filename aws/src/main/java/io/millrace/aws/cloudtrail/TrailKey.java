package io.millrace.aws.cloudtrail;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of an object key in a trail's bucket. Every key has one; a key that follows no known
 * layout is {@link KeyKind#UNNAMED} when it looks like JSON, else {@link KeyKind#FOREIGN}.
 *
 * <p>{@code [prefix/]AWSLogs/[o-ORGID/]ACCOUNT/CloudTrail[-Kind]/REGION/YYYY/MM/DD/file.json.gz}
 *
 * @param organizationId the organization's id in an organization trail, else null
 * @param accountId the account of the records, when the key tells
 * @param region the region of the records, when the key tells
 */
public record TrailKey(
    KeyKind kind,
    @Nullable String organizationId,
    @Nullable String accountId,
    @Nullable String region) {

  private static final Pattern LAYOUT =
      Pattern.compile(
          "(?:^|.*/)AWSLogs/(?:(o-[a-z0-9]{10,32})/)?(\\d{12})/([^/]+)/(?:([a-z0-9-]+)/)?.*",
          Pattern.DOTALL);

  /** Reads a decoded key. */
  public static TrailKey of(String key) {
    if (key.isEmpty() || key.endsWith("/")) {
      return bare(KeyKind.PLACEHOLDER);
    }
    Matcher layout = LAYOUT.matcher(key);
    if (!layout.matches()) {
      return bare(looksLikeJson(key) ? KeyKind.UNNAMED : KeyKind.FOREIGN);
    }
    KeyKind kind =
        switch (layout.group(3)) {
          case "CloudTrail" -> KeyKind.LOG;
          case "CloudTrail-Insight" -> KeyKind.INSIGHT;
          case "CloudTrail-NetworkActivity" -> KeyKind.NETWORK_ACTIVITY;
          case "CloudTrail-Digest" -> KeyKind.DIGEST;
          default -> KeyKind.FOREIGN;
        };
    if (kind.mayHoldRecords() && !looksLikeJson(key)) {
      kind = KeyKind.FOREIGN;
    }
    return new TrailKey(kind, layout.group(1), layout.group(2), layout.group(4));
  }

  private static TrailKey bare(KeyKind kind) {
    return new TrailKey(kind, null, null, null);
  }

  private static boolean looksLikeJson(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    return name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson");
  }
}
