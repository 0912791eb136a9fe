package io.millrace.alerting;

import io.millrace.alerting.channel.ChannelSettings;
import io.millrace.alerting.deliver.DeliverySettings;
import io.millrace.alerting.group.GroupSettings;
import io.millrace.alerting.inbox.RetentionSettings;
import io.millrace.effects.guard.EgressGuard;
import io.millrace.effects.guard.EgressRules;
import io.millrace.effects.guard.NameResolver;
import io.millrace.effects.http.GuardedHttpClient;
import io.millrace.effects.http.HttpClientSettings;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;

/** Alerting on a database in memory, with time under the test's control. */
public final class AlertingFixture implements AutoCloseable {
  public static final NodeId NODE = NodeId.of("0123456789abcdef01234567");
  public static final long PROCESS = 42;

  public final VirtualTime time = new VirtualTime();
  public final JdbcConnectionPool database =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
  public final Vertx vertx = Vertx.vertx();
  public final Jdbi jdbi = Jdbi.create(database);
  private final AlertingSettings settings;
  private final GuardedHttpClient client;
  public Alerting alerting;

  public AlertingFixture(ChannelSettings... channels) {
    this(EgressRules.allowing(List.of("127.0.0.0/8")), channels);
  }

  public AlertingFixture(EgressRules rules, ChannelSettings... channels) {
    this(rules, 15_000, channels);
  }

  public AlertingFixture(EgressRules rules, long httpTimeoutMillis, ChannelSettings... channels) {
    client =
        new GuardedHttpClient(
            vertx, new EgressGuard(rules, NameResolver.system()), HttpClientSettings.defaults());
    settings =
        new AlertingSettings(
            List.of(channels),
            new GroupSettings(3_600_000, 4 * 3_600_000, 5),
            new DeliverySettings(1_000, 2, 60_000, 600_000, httpTimeoutMillis),
            new RetentionSettings(
                1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, Long.MAX_VALUE / 4),
            100_000,
            50);
    alerting = open();
  }

  private Alerting open() {
    return Alerting.open(
        settings, new AlertingEnvironment(time, time, new Random(7)), database, client);
  }

  /** As after a crash: the same database, everything else anew. */
  public void restart() {
    alerting.close();
    alerting = open();
  }

  /** An alert that asks at the clock's time. */
  public Effect.Notify alert(int number, String channel, String severity, String dedupKey) {
    return alert(number, channel, severity, dedupKey, time.millis());
  }

  public static Effect.Notify alert(
      int number, String channel, String severity, String dedupKey, long timeMillis) {
    return new Effect.Notify(
        id(number),
        PROCESS,
        NODE,
        timeMillis,
        channel,
        List.of(),
        "Title " + number,
        "Text " + number,
        severity,
        Map.of("user", "alice" + number),
        dedupKey);
  }

  public static EffectId id(int number) {
    return new EffectId(TaskId.of(VirtualTime.START_MILLIS, 1, number), 1, 0);
  }

  public CompletableFuture<EffectResult> start(Effect effect) {
    CompletableFuture<EffectResult> result = new CompletableFuture<>();
    alerting.start(effect, result::complete);
    return result;
  }

  public EffectResult run(Effect effect) throws Exception {
    return start(effect).get(30, TimeUnit.SECONDS);
  }

  public long count(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  /** One column of one row. */
  public String value(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  public List<String> values(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Override
  public void close() {
    alerting.close();
    client.close();
    vertx.close().await();
    database.dispose();
  }
}
