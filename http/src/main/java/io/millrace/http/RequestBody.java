package io.millrace.http;

/**
 * A request body, held whole.
 *
 * @param sent the bytes as they came, which signatures are made over
 * @param content the same after decompression; the same array when there was none
 */
public record RequestBody(byte[] sent, byte[] content) {
  public static final RequestBody EMPTY = plain(new byte[0]);

  public static RequestBody plain(byte[] bytes) {
    return new RequestBody(bytes, bytes);
  }
}
