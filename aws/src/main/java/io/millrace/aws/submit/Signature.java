package io.millrace.aws.submit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The signature of the compatible API: hex of SHA-1 over time, secret, body, secret. */
final class Signature {
  private Signature() {}

  static String of(String timeSeconds, String secret, byte[] body) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(timeSeconds.getBytes(StandardCharsets.US_ASCII));
      sha1.update(key);
      sha1.update(body);
      sha1.update(key);
      return HexFormat.of().formatHex(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
