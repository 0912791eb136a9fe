package io.millrace.effects.http;

import io.vertx.core.buffer.Buffer;

/**
 * Gathers a body chunk by chunk and stops at a limit, so that memory never holds more than that.
 */
final class BodyCollector {
  private final long bytesMax;
  private final Buffer buffer = Buffer.buffer();

  BodyCollector(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Whether the chunk still fitted. */
  boolean add(Buffer chunk) {
    if ((long) buffer.length() + chunk.length() > bytesMax) {
      return false;
    }
    buffer.appendBuffer(chunk);
    return true;
  }

  byte[] bytes() {
    return buffer.getBytes();
  }
}
