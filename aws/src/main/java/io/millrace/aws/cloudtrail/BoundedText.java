package io.millrace.aws.cloudtrail;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The text of a file, decompressed when its content (never its name) says gzip. Stops a bomb by
 * total and by ratio; turns damage of the compression into a {@link TrailFileException}.
 */
final class BoundedText extends InputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private final String name;
  private final ReadLimits limits;
  private final CountedInput raw;
  private final InputStream text;
  private final boolean compressed;
  private long textBytes;

  BoundedText(InputStream in, String name, ReadLimits limits) throws IOException {
    this.name = name;
    this.limits = limits;
    this.raw = new CountedInput(in);
    BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    buffered.mark(2);
    this.compressed = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    this.text = compressed ? gunzip(buffered) : buffered;
  }

  private InputStream gunzip(InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, BUFFER_BYTES);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  long textBytes() {
    return textBytes;
  }

  /** Bytes taken from the file itself, compressed or not. */
  long fileBytes() {
    return raw.bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = text.read(target, offset, length);
    } catch (EOFException | ZipException e) {
      throw explained(e);
    }
    if (count > 0) {
      textBytes += count;
      check();
    }
    return count;
  }

  private void check() throws TrailFileException {
    if (textBytes > limits.textBytesMax()) {
      throw new TrailFileException(
          TrailFileException.Reason.TOO_LARGE,
          "File '%s' has more than %,d bytes of text, the most that is read (textBytesMax)"
              .formatted(name, limits.textBytesMax()));
    }
    if (compressed
        && textBytes > ReadLimits.RATIO_FREE_BYTES
        && textBytes / Math.max(1, raw.bytes) > limits.ratioMax()) {
      throw new TrailFileException(
          TrailFileException.Reason.TOO_LARGE,
          "File '%s' decompresses to more than %d times its size (ratioMax), like a bomb; not read further"
              .formatted(name, limits.ratioMax()));
    }
  }

  private TrailFileException explained(IOException e) {
    boolean ended = e instanceof EOFException;
    return new TrailFileException(
        ended ? TrailFileException.Reason.TRUNCATED : TrailFileException.Reason.DAMAGED,
        "File '%s' %s after %,d bytes of text (%s); fetch or copy it again"
            .formatted(
                name,
                ended ? "ends in the middle of its gzip data" : "has damaged gzip data",
                textBytes,
                String.valueOf(e.getMessage())),
        e);
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private static final class CountedInput extends FilterInputStream {
    private long bytes;

    CountedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        bytes++;
      }
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        bytes += count;
      }
      return count;
    }
  }
}
