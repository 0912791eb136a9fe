package io.millrace.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The test vectors of the API specification. */
class SignatureTest {
  private static final String TIME = "1700000000";
  private static final byte[] SECRET = bytes("s3cr3tKeyForTestsOnly");
  private static final byte[] JSON =
      bytes(
          "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":1001,\"ref\":\"r-1\","
              + "\"data\":{\"a\":1}}]}");
  private static final byte[] MULTIPART =
      bytes(
          """
          --XyZ123
          Content-Disposition: form-data; name="scheme"; filename="scheme.json"
          Content-Type: application/json

          [{}]
          --XyZ123
          Content-Disposition: form-data; name="type"

          create
          --XyZ123--
          """
              .replace("\n", "\r\n"));

  @Test
  void signsAJsonBody() {
    assertThat(Signature.ofContent(TIME, SECRET, JSON))
        .isEqualTo("02c920409ebdb87446a899593ad8789b2ebcfa87");
  }

  @Test
  void signsAnEmptyBody() {
    assertThat(Signature.ofContent(TIME, SECRET, new byte[0]))
        .isEqualTo("a39061e9304a99a63fc6eea05e8c1248d97866aa");
  }

  @Test
  void signsBytesAndNotCharacters() {
    byte[] body =
        bytes(
            "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":1001,"
                + "\"data\":{\"name\":\"Żółw\"}}]}");
    assertThat(body).hasSize(81);
    assertThat(Signature.ofContent(TIME, SECRET, body))
        .isEqualTo("a52f141cc85b5f1ceee07bbf61edc96d1fb0133e");
  }

  @Test
  void signsTheCanonicalTextOfAMultipartBody() {
    byte[] content = Signature.multipartContent(MULTIPART);
    assertThat(new String(content, StandardCharsets.UTF_8))
        .isEqualTo(
            "Content-Disposition: form-data; name=\"scheme\"; filename=\"scheme.json\"\r\n"
                + "Content-Type: application/json\r\n"
                + "[{}]Content-Disposition: form-data; name=\"type\"\r\n"
                + "create");
    assertThat(Signature.ofContent(TIME, SECRET, content))
        .isEqualTo("54374b4dc980bc2857e11e19524bb5f27a325c2d");
  }

  @Test
  void signsHeadersWithHmac() {
    assertThat(Signature.hmac(TIME, SECRET, JSON))
        .isEqualTo("60ebefdc62cf3da5d9ddfbc1bb21c4fef13ba6261b367f0460d6dbeeb47cbd44");
  }

  @Test
  void comparesWithoutRegardToCase() {
    assertThat(Signature.same("ab12", "AB12")).isTrue();
    assertThat(Signature.same("ab12", "ab13")).isFalse();
    assertThat(Signature.same("ab12", "ab1")).isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
