package io.millrace.http;

import io.vertx.core.MultiMap;

/** Headers that keep browsers from doing with our answers what we do not want. */
public final class SecurityHeaders {
  // Inline styles are allowed because chart and editor libraries write them; scripts never are.
  private static final String PAGE_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
          + "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
          + "frame-ancestors 'none'";

  private SecurityHeaders() {}

  /** For every answer. */
  static void all(MultiMap headers) {
    headers.set("X-Content-Type-Options", "nosniff");
  }

  /** For pages and what they load. */
  static void page(MultiMap headers) {
    headers.set("Content-Security-Policy", PAGE_POLICY);
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
  }

  /** For files that were made from what users wrote: never shown as a page of ours. */
  public static void download(MultiMap headers) {
    headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
    headers.set("X-Frame-Options", "DENY");
  }
}
