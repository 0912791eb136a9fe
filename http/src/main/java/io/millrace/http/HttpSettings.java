package io.millrace.http;

/**
 * Limits and place of the listener.
 *
 * @param bindAddress address to listen on
 * @param port port to listen on; 0: any free one
 * @param bodyBytesMax largest request body, as sent and after decompression
 * @param uploadBytesMax the same for uploads of files
 * @param headerBytesMax largest header section of a request
 * @param requestLineBytesMax longest request line
 * @param idleTimeoutSeconds a connection without a byte for so long is closed
 * @param headerTimeoutSeconds a new connection must have sent its first request head by then
 * @param bodyTimeoutSeconds a request body must have arrived whole by then
 * @param connectionsMax further connections are closed at once
 * @param eventLoops threads that read and write connections
 * @param closeTimeoutSeconds how long closing waits for requests that are being answered
 */
public record HttpSettings(
    String bindAddress,
    int port,
    int bodyBytesMax,
    int uploadBytesMax,
    int headerBytesMax,
    int requestLineBytesMax,
    int idleTimeoutSeconds,
    int headerTimeoutSeconds,
    int bodyTimeoutSeconds,
    int connectionsMax,
    int eventLoops,
    int closeTimeoutSeconds) {

  /** Loopback, and limits of ordinary use. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(
          "127.0.0.1",
          8787,
          16 * 1024 * 1024,
          200 * 1024 * 1024,
          16 * 1024,
          8 * 1024,
          75,
          20,
          300,
          10_000,
          Runtime.getRuntime().availableProcessors(),
          10);

  public HttpSettings withPort(int newPort) {
    return new HttpSettings(
        bindAddress,
        newPort,
        bodyBytesMax,
        uploadBytesMax,
        headerBytesMax,
        requestLineBytesMax,
        idleTimeoutSeconds,
        headerTimeoutSeconds,
        bodyTimeoutSeconds,
        connectionsMax,
        eventLoops,
        closeTimeoutSeconds);
  }
}
