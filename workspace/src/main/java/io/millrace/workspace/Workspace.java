package io.millrace.workspace;

import io.millrace.workspace.exchange.Exchange;
import io.millrace.workspace.folder.Folders;
import io.millrace.workspace.people.ApiKeys;
import io.millrace.workspace.people.Groups;
import io.millrace.workspace.people.People;
import io.millrace.workspace.people.Principal;
import io.millrace.workspace.people.SignIn;
import io.millrace.workspace.people.Users;
import io.millrace.workspace.rights.Rights;
import io.millrace.workspace.secret.Sealer;
import io.millrace.workspace.secret.Secrets;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.version.Deployment;
import io.millrace.workspace.version.Directory;
import io.millrace.workspace.version.Drafts;
import io.millrace.workspace.version.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The module's front door: opens the database, brings its schema up to date and hands out the
 * services. All calls block and are safe from any thread; every change is one transaction.
 */
public final class Workspace implements AutoCloseable {
  private final Database database;
  private final People people;
  private final Rights rights;
  private final Secrets secrets;
  private final Folders folders;
  private final Processes processes;
  private final Drafts drafts;
  private final Exchange exchange;
  private final Directory directory;

  private Workspace(Database database, Sealer sealer, WorkspaceSettings settings) {
    InstantSource clock = settings.clock();
    Deployment deployment = new Deployment(settings.schemeCheck(), clock);
    this.database = database;
    this.secrets = new Secrets(database, sealer);
    this.people = People.open(database, sealer, clock, settings.sessionLifetime());
    this.rights = new Rights(database, clock);
    this.folders = new Folders(database, clock);
    this.processes = new Processes(database, clock);
    this.drafts = new Drafts(database, deployment, clock);
    this.exchange = new Exchange(database, deployment, clock);
    this.directory = new Directory(database, settings.retentionDays());
  }

  /** Opens the database, makes or reads the installation key, and checks that they fit. */
  public static Workspace open(WorkspaceSettings settings) {
    Sealer sealer = Sealer.open(settings.home(), settings.installationKey());
    Database database =
        Database.open(
            settings.databaseUrl().isEmpty() ? embedded(settings.home()) : settings.databaseUrl(),
            settings.databaseUser(),
            settings.databasePassword(),
            settings.connectionsMax());
    try {
      Workspace workspace = new Workspace(database, sealer, settings);
      workspace.secrets.checkKey();
      return workspace;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  public Users users() {
    return people.users();
  }

  public ApiKeys apiKeys() {
    return people.apiKeys();
  }

  public Groups groups() {
    return people.groups();
  }

  public SignIn signIn() {
    return people.signIn();
  }

  public Rights rights() {
    return rights;
  }

  public Secrets secrets() {
    return secrets;
  }

  public Folders folders() {
    return folders;
  }

  public Processes processes() {
    return processes;
  }

  public Drafts drafts() {
    return drafts;
  }

  public Exchange exchange() {
    return exchange;
  }

  public Directory directory() {
    return directory;
  }

  /** A user or key by number. */
  public Optional<Principal> principal(long id) {
    return people.principals().find(id);
  }

  /** For other modules' own tables, each with its own Flyway history table. */
  public DataSource dataSource() {
    return database.dataSource();
  }

  @Override
  public void close() {
    database.close();
  }

  private static String embedded(Path home) {
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to create the home folder " + home, e);
    }
    return Database.embeddedUrl(home.toAbsolutePath().resolve("workspace").toString());
  }
}
