package io.millrace.aws.cloudtrail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream into lines of bounded length; the rest of a longer line is read and dropped. */
final class Lines {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int BUFFER_BYTES_START = 8 << 10;

  private final InputStream in;
  private final int lengthMax;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int chunkFrom;
  private int chunkTo;
  private byte[] buffer = new byte[BUFFER_BYTES_START];
  private int length;
  private boolean tooLong;
  private long number;

  Lines(InputStream in, int lengthMax) {
    this.in = in;
    this.lengthMax = lengthMax;
  }

  /** Goes to the next line; false at the end. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (true) {
      if (chunkFrom == chunkTo) {
        chunkFrom = 0;
        chunkTo = Math.max(0, in.read(chunk));
        if (chunkTo == 0) {
          number += any ? 1 : 0;
          return any;
        }
      }
      any = true;
      int end = chunkFrom;
      while (end < chunkTo && chunk[end] != '\n') {
        end++;
      }
      append(chunkFrom, end);
      if (end < chunkTo) {
        chunkFrom = end + 1;
        number++;
        return true;
      }
      chunkFrom = chunkTo;
    }
  }

  private void append(int from, int to) {
    int added = to - from;
    if (tooLong || length + added > lengthMax) {
      tooLong = true;
      return;
    }
    if (length + added > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + added, buffer.length * 2));
    }
    System.arraycopy(chunk, from, buffer, length, added);
    length += added;
  }

  boolean blank() {
    if (tooLong) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  boolean tooLong() {
    return tooLong;
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  int max() {
    return lengthMax;
  }

  long number() {
    return number;
  }
}
