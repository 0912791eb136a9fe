package io.millrace.workspace;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.UUID;

/** The databases on which every test of the workspace runs. */
public enum TestDatabase {
  H2,
  /** A real server on loopback; tests are skipped where Debian's postgresql is not installed. */
  POSTGRESQL;

  /** A new, empty database. */
  WorkspaceSettings fresh(WorkspaceSettings settings) {
    return switch (this) {
      case H2 ->
          settings.withDatabase(
              "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000", "", "");
      case POSTGRESQL -> {
        assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed");
        yield settings.withDatabase(PostgresServer.shared().newDatabase(), "millrace", "");
      }
    };
  }
}
