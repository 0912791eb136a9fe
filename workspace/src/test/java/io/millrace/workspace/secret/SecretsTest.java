package io.millrace.workspace.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.workspace.Workspace;
import io.millrace.workspace.WorkspaceSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded database in a file, as an installation has it. */
class SecretsTest {
  @TempDir Path home;

  @Test
  void everythingIsThereAfterReopeningAndNoSecretIsReadableInTheFiles() throws Exception {
    String secret;
    try (Workspace workspace = open()) {
      workspace.users().bootstrapAdministrator("correct horse");
      workspace.secrets().put("slack", "https://hooks.example.org/very-secret");
      secret = workspace.apiKeys().create(1000, "sync", "").secret();
    }
    try (var files = Files.list(home)) {
      for (Path file : files.toList()) {
        assertThat(Files.readAllBytes(file))
            .asString(StandardCharsets.ISO_8859_1)
            .doesNotContain("very-secret", secret, "correct horse");
      }
    }
    try (Workspace workspace = open()) {
      assertThat(workspace.secrets().get("slack"))
          .contains("https://hooks.example.org/very-secret");
      assertThat(workspace.apiKeys().reveal(1002).orElseThrow().secret()).isEqualTo(secret);
      assertThat(workspace.secrets().remove("slack")).isTrue();
      assertThat(workspace.secrets().get("slack")).isEmpty();
    }
  }

  @Test
  void theKeyFileIsForItsOwnerOnly() throws Exception {
    open().close();
    assertThat(Files.getPosixFilePermissions(home.resolve("installation.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void anotherKeyDoesNotOpenTheDatabase() throws Exception {
    open().close();
    Files.delete(home.resolve("installation.key"));
    assertThatThrownBy(this::open)
        .hasMessageContaining("give the key that this database was made with");
  }

  @Test
  void aMistypedKeyIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> Sealer.open(home, "secret-typo"))
        .hasMessageContaining("64 hexadecimal digits")
        .hasMessageNotContaining("secret-typo");
  }

  @Test
  void aSealedValueOpensOnlyForItsPurpose() {
    Sealer sealer = Sealer.open(home, "ab".repeat(32));
    String sealed = sealer.seal("plain", "a");
    assertThat(sealer.open(sealed, "a")).isEqualTo("plain");
    assertThat(sealer.seal("plain", "a")).isNotEqualTo(sealed);
    assertThatThrownBy(() -> sealer.open(sealed, "b")).hasMessageNotContaining("plain\"");
  }

  private Workspace open() {
    return Workspace.open(WorkspaceSettings.embedded(home, InstantSource.system()));
  }
}
