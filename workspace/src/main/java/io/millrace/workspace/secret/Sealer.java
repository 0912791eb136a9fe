package io.millrace.workspace.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values with the installation key (AES-256-GCM). A sealed value is bound to its purpose:
 * moved to another row of the database, it no longer opens.
 */
public final class Sealer {
  private static final String KEY_FILE = "installation.key";
  private static final String FORMAT = "v1:";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  private Sealer(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** The sealer of a key given as 64 hexadecimal digits, or of the key file, made when absent. */
  public static Sealer open(Path home, @Nullable String givenKey) {
    if (givenKey != null && !givenKey.isBlank()) {
      return new Sealer(parse(givenKey, "The setting of the installation key"));
    }
    Path file = home.resolve(KEY_FILE);
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return new Sealer(parse(Files.readString(file), "The key file " + file));
    } catch (IOException e) {
      throw new IllegalStateException(
          "Expected to read or create the key file " + file + ", but: " + e.getMessage(), e);
    }
  }

  /** Encrypts; {@code purpose} must be given again to open. */
  public String seal(String plain, String purpose) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] text =
          cipher(Cipher.ENCRYPT_MODE, nonce, purpose)
              .doFinal(plain.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = ByteBuffer.allocate(nonce.length + text.length).put(nonce).put(text).array();
      return FORMAT + Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Could not encrypt " + purpose, e);
    }
  }

  /** Decrypts; a value sealed with another key or for another purpose is refused. */
  public String open(String sealed, String purpose) {
    try {
      byte[] bytes = Base64.getDecoder().decode(sealed.substring(FORMAT.length()));
      byte[] nonce = new byte[NONCE_BYTES];
      ByteBuffer.wrap(bytes).get(nonce);
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, purpose)
              .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException(
          "The installation key does not open "
              + purpose
              + ": give the key that this database was made with",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static void create(Path file) throws IOException {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    // Created with its permissions: at no moment can another user of the machine read it.
    FileAttribute<?>[] permissions =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (var channel =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
      String text = HexFormat.of().formatHex(bytes) + "\n";
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (FileAlreadyExistsException e) {
      // Another opening of the same home was faster; its key is the one.
    }
  }

  private static byte[] parse(String text, String what) {
    try {
      byte[] bytes = HexFormat.of().parseHex(text.strip());
      if (bytes.length == KEY_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the text: it may be a mistyped key.
    }
    throw new IllegalArgumentException(
        what + " must be " + 2 * KEY_BYTES + " hexadecimal digits (32 random bytes)");
  }
}
