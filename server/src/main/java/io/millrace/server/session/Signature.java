package io.millrace.server.session;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of the compatible API, made over the bytes of a request as they came. Comparisons take
 * the same time wherever the difference is.
 */
public final class Signature {
  private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(Signature::sha1);
  private static final Pattern BOUNDARY_LINE = Pattern.compile("-+[\\d\\w]+-{0,}\\r\\n");
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private Signature() {}

  /** {@code lowercase_hex(SHA1(time + secret + content + secret))}. */
  public static String ofContent(String time, byte[] secret, byte[] content) {
    MessageDigest digest = SHA1.get();
    digest.reset();
    digest.update(time.getBytes(StandardCharsets.UTF_8));
    digest.update(secret);
    digest.update(content);
    digest.update(secret);
    return hex(digest.digest());
  }

  /** {@code lowercase_hex(HMAC-SHA256(secret, timestamp + body))}. */
  public static String hmac(String timestamp, byte[] secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
      return hex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Expected a JDK with HmacSHA256", e);
    }
  }

  /**
   * The text of a multipart body that one public client signs: header lines ended by CRLF, each
   * followed by its value, without boundary lines. Steps and their order are those of that client.
   */
  public static byte[] multipartContent(byte[] body) {
    // One char per byte, so that the bytes come out as they went in.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String bare = BOUNDARY_LINE.matcher(text).replaceAll("").replace("\r\n\r\n", "\r\n").trim();
    StringBuilder content = new StringBuilder(bare.length());
    for (String chunk : bare.split("\r\n", -1)) {
      content.append(chunk);
      if (chunk.startsWith("Content-")) {
        content.append("\r\n");
      }
    }
    return content.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether two signatures are the same, letter case aside. */
  public static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII),
        given.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
  }

  private static String hex(byte[] bytes) {
    char[] text = new char[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = DIGITS[(bytes[i] >> 4) & 0xf];
      text[2 * i + 1] = DIGITS[bytes[i] & 0xf];
    }
    return new String(text);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected a JDK with SHA-1", e);
    }
  }
}
