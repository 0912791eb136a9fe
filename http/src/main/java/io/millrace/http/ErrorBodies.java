package io.millrace.http;

import java.nio.charset.StandardCharsets;

/** Bodies of errors that are found before a route has its say, in the shape its callers expect. */
public final class ErrorBodies {
  private ErrorBodies() {}

  /** A body with its type. */
  @SuppressWarnings("ArrayRecordComponent") // handed to the connection as it is, never compared
  public record Body(String contentType, byte[] bytes) {}

  /** The body of an HTTP error on this path. */
  public static Body of(int status, String path) {
    if (isCompatibleApi(path)) {
      return compatible(status);
    }
    if (path.startsWith("/api/")) {
      return new Body(Exchange.JSON, problem(status).json());
    }
    return page(status);
  }

  /** Whether callers of this path expect the envelope of the compatible API. */
  static boolean isCompatibleApi(String path) {
    return path.startsWith("/api/1/") || path.startsWith("/api/2/");
  }

  private static Body compatible(int status) {
    return switch (status) {
      case 400 -> envelope("Incorrect body");
      case 408 -> envelope("Request timeout");
      case 413 -> envelope("Request entity too large");
      case 429 -> envelope("Too many requests: limit is reached");
      case 500 -> envelope("Internal error");
      case 503 -> envelope("Service unavailable");
      default -> page(status);
    };
  }

  private static Body envelope(String description) {
    String json =
        "{\"request_proc\":\"error\",\"ops\":[{\"proc\":\"error\",\"description\":\""
            + description
            + "\"}]}";
    return new Body(Exchange.JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 404 -> Problem.notFound("path", "");
      case 405 ->
          new Problem(405, "method_not_allowed", null, null, "another method", "Check the call.");
      case 408 -> new Problem(408, "timeout", "body", null, "the whole body in time", "Try again.");
      case 413 ->
          new Problem(413, "too_large", "body", null, "a smaller body", "Send less at once.");
      case 500 ->
          new Problem(
              500, "internal", null, null, "no fault", "Try again; if it stays, see the log.");
      default -> new Problem(status, "error", null, null, title(status), "Check the request.");
    };
  }

  private static Body page(int status) {
    String html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            + title(status)
            + "</title></head><body><h1>"
            + title(status)
            + "</h1></body></html>";
    return new Body(Exchange.HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "400 Bad Request";
      case 404 -> "404 Not Found";
      case 405 -> "405 Method Not Allowed";
      case 408 -> "408 Request Timeout";
      case 413 -> "413 Request Entity Too Large";
      case 414 -> "414 URI Too Long";
      case 429 -> "429 Too Many Requests";
      case 431 -> "431 Request Header Fields Too Large";
      case 500 -> "500 Internal Server Error";
      case 503 -> "503 Service Unavailable";
      case 504 -> "504 Gateway Time-out";
      default -> status + " Error";
    };
  }
}
