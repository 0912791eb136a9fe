package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DecompressionTest {
  @Test
  void readsWhatItKnows() throws Exception {
    byte[] plain = {1, 2, 3};
    assertThat(Decompression.decode(gzip(plain), "gzip", 3)).isEqualTo(plain);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(plain);
    }
    assertThat(Decompression.decode(deflated.toByteArray(), "deflate", 3)).isEqualTo(plain);
  }

  @Test
  void stopsAtTheLimit() throws Exception {
    assertThat(Decompression.decode(gzip(new byte[100_000]), "gzip", 99_999)).isNull();
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    byte[] zipped = gzip(new byte[1_000]);
    assertThatThrownBy(() -> Decompression.decode(zipped, "br", 1_000))
        .isInstanceOf(Decompression.UnreadableException.class);
    assertThatThrownBy(
            () -> Decompression.decode(Arrays.copyOf(zipped, zipped.length - 9), "gzip", 1_000))
        .isInstanceOf(Decompression.UnreadableException.class);
    assertThatThrownBy(() -> Decompression.decode(new byte[0], "gzip", 1_000))
        .isInstanceOf(Decompression.UnreadableException.class);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    }
    return zipped.toByteArray();
  }
}
