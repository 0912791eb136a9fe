package io.millrace.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends prepared requests over so many connections, as fast as answers come or at a fixed rate. It
 * does as little as it can, because it shares the machine with the server.
 */
final class HttpLoad {
  private static final byte[] OK = "\"proc\":\"ok\"".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final int connections;
  private final long perSecond;

  /**
   * A load.
   *
   * @param perSecond requests sent per second at the most; 0: no limit. Latency is then counted
   *     from when a request was due, so that a stall is not hidden by waiting for it
   */
  HttpLoad(int port, int connections, long perSecond) {
    this.port = port;
    this.connections = connections;
    this.perSecond = perSecond;
  }

  /** What came of it; latencies in nanoseconds, sorted. */
  record Outcome(double seconds, int answered, int failed, long[] latencies) {
    double percentileMillis(double share) {
      if (latencies.length == 0) {
        return 0;
      }
      return latencies[(int) Math.min(latencies.length - 1, latencies.length * share)] / 1e6;
    }
  }

  Outcome run(List<byte[]> requests) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    long[] latencies = new long[requests.size()];
    long started = System.nanoTime();
    Thread[] threads = new Thread[connections];
    for (int i = 0; i < connections; i++) {
      threads[i] =
          Thread.ofVirtual().start(() -> connection(requests, next, failed, latencies, started));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Arrays.sort(latencies);
    return new Outcome(seconds, requests.size() - failed.get(), failed.get(), latencies);
  }

  private void connection(
      List<byte[]> requests,
      AtomicInteger next,
      AtomicInteger failed,
      long[] latencies,
      long started) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      byte[] body = new byte[1 << 16];
      for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
        long due = System.nanoTime();
        if (perSecond > 0) {
          due = started + i * 1_000_000_000L / perSecond;
          for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
          }
        }
        socket.getOutputStream().write(requests.get(i));
        body = answer(in, body, failed);
        latencies[i] = System.nanoTime() - due;
      }
    } catch (IOException e) {
      failed.incrementAndGet();
    }
  }

  private static byte[] answer(InputStream in, byte[] buffer, AtomicInteger failed)
      throws IOException {
    int length = -1;
    String status = line(in);
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).trim());
      }
    }
    byte[] body = length > buffer.length ? new byte[length] : buffer;
    if (in.readNBytes(body, 0, length) != length) {
      throw new EOFException();
    }
    if (!status.contains(" 200 ") || !contains(body, length)) {
      failed.incrementAndGet();
    }
    return body;
  }

  private static boolean contains(byte[] body, int length) {
    for (int i = 0; i + OK.length <= length; i++) {
      if (Arrays.equals(body, i, i + OK.length, OK, 0, OK.length)) {
        return true;
      }
    }
    return false;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
