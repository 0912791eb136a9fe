package io.millrace.workspace;

import io.millrace.workspace.exchange.Exchange;
import io.millrace.workspace.folder.Folders;
import io.millrace.workspace.people.ApiKeys;
import io.millrace.workspace.people.Groups;
import io.millrace.workspace.people.Principal;
import io.millrace.workspace.people.SignIn;
import io.millrace.workspace.people.Users;
import io.millrace.workspace.rights.Rights;
import io.millrace.workspace.secret.Secrets;
import io.millrace.workspace.version.Directory;
import io.millrace.workspace.version.Drafts;
import io.millrace.workspace.version.Processes;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The module's front door: opens the database, brings its schema up to date and hands out the
 * services. All calls block and are safe from any thread; every change is one transaction.
 */
public final class Workspace implements AutoCloseable {
  private Workspace() {}

  public static Workspace open(WorkspaceSettings settings) {
    throw new UnsupportedOperationException();
  }

  public Users users() {
    throw new UnsupportedOperationException();
  }

  public ApiKeys apiKeys() {
    throw new UnsupportedOperationException();
  }

  public Groups groups() {
    throw new UnsupportedOperationException();
  }

  public SignIn signIn() {
    throw new UnsupportedOperationException();
  }

  public Rights rights() {
    throw new UnsupportedOperationException();
  }

  public Secrets secrets() {
    throw new UnsupportedOperationException();
  }

  public Folders folders() {
    throw new UnsupportedOperationException();
  }

  public Processes processes() {
    throw new UnsupportedOperationException();
  }

  public Drafts drafts() {
    throw new UnsupportedOperationException();
  }

  public Exchange exchange() {
    throw new UnsupportedOperationException();
  }

  public Directory directory() {
    throw new UnsupportedOperationException();
  }

  /** A user or key by number. */
  public Optional<Principal> principal(long id) {
    throw new UnsupportedOperationException();
  }

  /** For other modules' own tables, each with its own Flyway history table. */
  public DataSource dataSource() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
