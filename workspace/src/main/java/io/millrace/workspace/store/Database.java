package io.millrace.workspace.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The database of a workspace. Every change runs in a transaction that first locks one row, so
 * changes of the workspace happen one after the other even between installations that share a
 * database: trees cannot get cycles, and numbers and stamps grow in the order of commits.
 */
public final class Database implements AutoCloseable {
  private static final int LOCK_TIMEOUT_MILLIS = 30_000;
  private static final long CONNECTION_TIMEOUT_MILLIS = 30_000;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final ReentrantLock writer = new ReentrantLock(true);
  private final AtomicLong generation = new AtomicLong();
  private final List<Consumer<Changes>> listeners = new CopyOnWriteArrayList<>();

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /** Connects and brings the schema up to date. */
  public static Database open(String url, String user, String password, int connectionsMax) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("workspace");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(connectionsMax);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    if (url.startsWith("jdbc:postgresql:")) {
      config.setConnectionInitSql("SET lock_timeout = " + LOCK_TIMEOUT_MILLIS);
    }
    HikariDataSource pool = new HikariDataSource(config);
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:io/millrace/workspace/store/migration")
          .table("workspace_schema_history")
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (RuntimeException failure) {
      pool.close();
      throw failure;
    }
    return new Database(pool);
  }

  /**
   * The URL of the embedded database at this path, without its suffix. Without {@code
   * WRITE_DELAY=0} a commit would reach the file up to half a second later, and a killed process
   * would forget what it had answered.
   */
  public static String embeddedUrl(String path) {
    return "jdbc:h2:file:" + path + ";WRITE_DELAY=0;LOCK_TIMEOUT=" + LOCK_TIMEOUT_MILLIS;
  }

  /** Runs a change of the workspace; listeners hear of it after the commit. */
  public <T> T write(Function<Change, T> work) {
    Outcome<T> outcome;
    writer.lock();
    try {
      outcome = locked(work);
      generation.incrementAndGet();
    } finally {
      writer.unlock();
    }
    for (Consumer<Changes> listener : listeners) {
      listener.accept(outcome.changes());
    }
    return outcome.result();
  }

  /** As {@link #write}, for what no answer kept in memory depends on. */
  public <T> T writeAside(Function<Handle, T> work) {
    writer.lock();
    try {
      return locked(change -> work.apply(change.handle())).result();
    } finally {
      writer.unlock();
    }
  }

  private <T> Outcome<T> locked(Function<Change, T> work) {
    return jdbi.inTransaction(handle -> {
      Change change = new Change(handle);
      change.lock();
      T result = work.apply(change);
      return new Outcome<>(result, change.finish());
    });
  }

  /** Runs statements that stay outside the order of changes, such as those on sessions. */
  public <T> T update(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  /** Runs queries in one transaction. */
  public <T> T read(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  /** From now on, this listener hears of every commit, on the thread that made it. */
  public void afterCommit(Consumer<Changes> listener) {
    listeners.add(listener);
  }

  /** Grows with every change made here: what was read under an older number may be stale. */
  public long generation() {
    return generation.get();
  }

  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  private record Outcome<T>(T result, Changes changes) {}
}
