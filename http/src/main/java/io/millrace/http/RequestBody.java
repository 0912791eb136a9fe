package io.millrace.http;

/**
 * A request body, held whole.
 *
 * @param sent the bytes as they came, which signatures are made over
 * @param content the same after decompression; the same array when there was none
 * @param compressed whether the two differ
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are large, shared, and never compared
public record RequestBody(byte[] sent, byte[] content, boolean compressed) {
  public static final RequestBody EMPTY = plain(new byte[0]);

  public static RequestBody plain(byte[] bytes) {
    return new RequestBody(bytes, bytes, false);
  }
}
