package io.millrace.bench.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The signature of the compatible API: {@code sha1(time + secret + body + secret)}. */
final class Signing {
  private Signing() {}

  static String path(String login, String secret, byte[] body) {
    String time = Long.toString(System.currentTimeMillis() / 1000);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update((time + secret).getBytes(StandardCharsets.UTF_8));
      digest.update(body);
      digest.update(secret.getBytes(StandardCharsets.UTF_8));
      return "/api/2/json/" + login + "/" + time + "/" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A whole HTTP/1.1 request. */
  static byte[] request(int port, byte[] body) {
    byte[] head =
        ("POST "
                + path(ServerProcess.LOGIN, ServerProcess.SECRET, body)
                + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1:"
                + port
                + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }
}
