package io.millrace.workspace.people;

import io.millrace.workspace.store.WorkspaceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes with Argon2id. The parameters stand in the hash, so they can be raised later
 * without touching old hashes. Few run at once, so that sign-ins cannot take all memory.
 */
final class Passwords {
  static final int CHARACTERS_MIN = 8;
  static final int CHARACTERS_MAX = 256;

  // The smallest setting OWASP recommends; a sign-in takes some tens of milliseconds.
  private static final int MEMORY_KIBIBYTES = 19_456;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int CONCURRENT_MAX = 4;

  private final SecureRandom random = new SecureRandom();
  private final Semaphore running = new Semaphore(CONCURRENT_MAX);

  static void check(@Nullable String password) {
    if (password == null) {
      throw WorkspaceException.required("password");
    }
    if (password.length() < CHARACTERS_MIN) {
      throw WorkspaceException.tooShort("password", null, CHARACTERS_MIN);
    }
    if (password.length() > CHARACTERS_MAX) {
      throw WorkspaceException.tooLong("password", null, CHARACTERS_MAX);
    }
  }

  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = argon2(password, salt, MEMORY_KIBIBYTES, ITERATIONS, LANES, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + MEMORY_KIBIBYTES
        + ",t="
        + ITERATIONS
        + ",p="
        + LANES
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  /** Compares in constant time; without a stored hash it does the same work and answers false. */
  boolean matches(String password, @Nullable String stored) {
    if (password.length() > CHARACTERS_MAX) {
      return false;
    }
    if (stored == null) {
      hash(password);
      return false;
    }
    String[] parts = stored.split("\\$", -1);
    String[] parameters = parts[3].split(",", -1);
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    byte[] actual =
        argon2(
            password,
            salt,
            number(parameters[0]),
            number(parameters[1]),
            number(parameters[2]),
            expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  private static int number(String parameter) {
    return Integer.parseInt(parameter.substring(2));
  }

  private byte[] argon2(
      String password, byte[] salt, int kibibytes, int iterations, int lanes, int hashBytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kibibytes)
            .withIterations(iterations)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[hashBytes];
    running.acquireUninterruptibly();
    try {
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    } finally {
      running.release();
    }
    return hash;
  }
}
