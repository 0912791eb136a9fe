package io.millrace.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Serves a single-page application from the class path. Files with a hash in their name are cached
 * for ever; every other path that is not a file gets the start page, because it is a route of the
 * application.
 */
public final class StaticFiles {
  private static final int GZIP_BYTES_MIN = 1024;
  private static final int FILES_MAX = 2000;
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", Exchange.HTML),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", Exchange.JSON),
          Map.entry("map", Exchange.JSON),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", Exchange.TEXT));

  private final ClassLoader loader;
  private final String root;
  private final Map<String, Optional<Loaded>> files = new ConcurrentHashMap<>();

  /**
   * @param root folder of the class path, such as {@code console}
   */
  public StaticFiles(ClassLoader loader, String root) {
    this.loader = loader;
    this.root = root;
  }

  @SuppressWarnings("ArrayRecordComponent") // files are large, shared, and never compared
  private record Loaded(
      String contentType, byte[] bytes, byte @Nullable [] zipped, String tag, boolean forEver) {}

  /** Mounts the application below everything else; what starts with {@code /api/} is not its. */
  public void mount(Router router) {
    router
        .routeWithRegex("/(?!api/).*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .last()
        .handler(this::handle);
  }

  private void handle(RoutingContext routing) {
    String path = routing.request().path();
    Exchange exchange = Exchange.of(routing);
    exchange.blocking(() -> serve(exchange, path.substring(1)));
  }

  private void serve(Exchange exchange, String name) {
    Optional<Loaded> file = find(name.isEmpty() ? "index.html" : name);
    if (file.isEmpty() && isRoute(name)) {
      file = find("index.html");
    }
    if (file.isEmpty()) {
      ErrorBodies.Body body = ErrorBodies.of(404, exchange.request().path());
      exchange.answer(404, body.contentType(), body.bytes());
    } else {
      send(exchange, file.get());
    }
  }

  private static void send(Exchange exchange, Loaded file) {
    var headers = exchange.routing().response().headers();
    SecurityHeaders.page(headers);
    headers.set("ETag", file.tag());
    headers.set(
        "Cache-Control", file.forEver() ? "public, max-age=31536000, immutable" : "no-cache");
    headers.set("Vary", "Accept-Encoding");
    if (file.tag().equals(exchange.header("If-None-Match"))) {
      exchange.empty(304);
      return;
    }
    byte[] zipped = file.zipped();
    String accepted = exchange.header("Accept-Encoding");
    if (zipped != null && accepted != null && accepted.contains("gzip")) {
      headers.set("Content-Encoding", "gzip");
      exchange.answer(200, file.contentType(), zipped);
    } else {
      exchange.answer(200, file.contentType(), file.bytes());
    }
  }

  /** A path without a file extension in its last part is a route of the application. */
  private static boolean isRoute(String name) {
    return name.indexOf('.', name.lastIndexOf('/') + 1) < 0;
  }

  private Optional<Loaded> find(String name) {
    if (!isPlain(name)) {
      return Optional.empty();
    }
    Optional<Loaded> known = files.get(name);
    if (known != null) {
      return known;
    }
    Optional<Loaded> loaded = load(name);
    if (loaded.isPresent() && files.size() < FILES_MAX) {
      files.put(name, loaded);
    }
    return loaded;
  }

  /** Letters, digits, and {@code . _ - /}, no empty part and none that starts with a dot. */
  private static boolean isPlain(String name) {
    boolean partStarts = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          switch (c) {
            case '/', '.' -> !partStarts;
            case '_', '-' -> true;
            default -> c < 128 && Character.isLetterOrDigit(c);
          };
      if (!allowed) {
        return false;
      }
      partStarts = c == '/';
    }
    return !partStarts;
  }

  private Optional<Loaded> load(String name) {
    try (InputStream stream = loader.getResourceAsStream(root + "/" + name)) {
      if (stream == null || name.lastIndexOf('.') < 0) {
        return Optional.empty();
      }
      byte[] bytes = stream.readAllBytes();
      String type =
          TYPES.getOrDefault(
              name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT),
              "application/octet-stream");
      return Optional.of(
          new Loaded(type, bytes, zipped(type, bytes), tag(bytes), name.startsWith("assets/")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte @Nullable [] zipped(String type, byte[] bytes) throws IOException {
    boolean text = type.startsWith("text/") || type.contains("json") || type.contains("svg");
    if (!text || bytes.length < GZIP_BYTES_MIN) {
      return null;
    }
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 3);
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected a JDK with SHA-256", e);
    }
  }
}
