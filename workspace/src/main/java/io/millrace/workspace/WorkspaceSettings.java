package io.millrace.workspace;

import io.millrace.workspace.version.SchemeCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is opened.
 *
 * @param home folder of the embedded database and of the installation key
 * @param databaseUrl JDBC URL ({@code jdbc:postgresql:…}); empty: the embedded database in home
 * @param databaseUser user of that database
 * @param databasePassword password of that user
 * @param connectionsMax size of the connection pool
 * @param installationKey 64 hexadecimal digits, or null: the key file in home, made when absent
 * @param clock the time
 * @param schemeCheck the engine's deploy check
 * @param retentionDays how long finished tasks are kept, for every process
 * @param sessionLifetime how long an unused session lives
 */
public record WorkspaceSettings(
    Path home,
    String databaseUrl,
    String databaseUser,
    String databasePassword,
    int connectionsMax,
    @Nullable String installationKey,
    InstantSource clock,
    SchemeCheck schemeCheck,
    int retentionDays,
    Duration sessionLifetime) {
  /** The defaults: embedded database, key file, no deploy check beyond the structure. */
  public static WorkspaceSettings embedded(Path home, InstantSource clock) {
    return new WorkspaceSettings(
        home,
        "",
        "",
        "",
        10,
        null,
        clock,
        (draft, imported) -> List.of(),
        30,
        Duration.ofHours(12));
  }

  public WorkspaceSettings withSchemeCheck(SchemeCheck check) {
    return new WorkspaceSettings(
        home,
        databaseUrl,
        databaseUser,
        databasePassword,
        connectionsMax,
        installationKey,
        clock,
        check,
        retentionDays,
        sessionLifetime);
  }

  public WorkspaceSettings withDatabase(String url, String user, String password) {
    return new WorkspaceSettings(
        home,
        url,
        user,
        password,
        connectionsMax,
        installationKey,
        clock,
        schemeCheck,
        retentionDays,
        sessionLifetime);
  }

  /** Without passwords and keys. */
  @Override
  public String toString() {
    return "WorkspaceSettings[home=" + home + ", databaseUser=" + databaseUser + "]";
  }
}
