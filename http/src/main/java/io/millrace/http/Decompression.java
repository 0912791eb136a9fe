package io.millrace.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Decompresses request bodies; stops as soon as the result is longer than allowed. */
final class Decompression {
  private Decompression() {}

  /** The body says it is compressed, but cannot be read as such. */
  static final class UnreadableException extends Exception {
    UnreadableException(String text, @Nullable Throwable cause) {
      super(text, cause);
    }
  }

  /** Answers null when the content is longer than {@code bytesMax}. */
  static byte @Nullable [] decode(byte[] sent, String encoding, int bytesMax)
      throws UnreadableException {
    try (InputStream content = open(sent, encoding)) {
      ByteArrayOutputStream result =
          new ByteArrayOutputStream((int) Math.min(bytesMax, 4L * sent.length + 64));
      byte[] chunk = new byte[16 * 1024];
      for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
        if ((long) result.size() + read > bytesMax) {
          return null;
        }
        result.write(chunk, 0, read);
      }
      return result.toByteArray();
    } catch (IOException e) {
      throw new UnreadableException("Expected a body in " + encoding + " encoding", e);
    }
  }

  private static InputStream open(byte[] sent, String encoding)
      throws IOException, UnreadableException {
    return switch (encoding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(new ByteArrayInputStream(sent));
      case "deflate" -> new InflaterInputStream(new ByteArrayInputStream(sent));
      default ->
          throw new UnreadableException(
              "Expected content encoding gzip, deflate or identity, but got " + encoding, null);
    };
  }
}
