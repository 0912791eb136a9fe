package io.millrace.alerting;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.AlertDatabase;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import io.millrace.alerting.channel.Channel;
import io.millrace.alerting.channel.Channels;
import io.millrace.alerting.channel.OutgoingAlert;
import io.millrace.alerting.channel.SendOutcome;
import io.millrace.alerting.deliver.Deliverer;
import io.millrace.alerting.deliver.DeliveryLog;
import io.millrace.alerting.group.AlertStore;
import io.millrace.alerting.group.Announcement;
import io.millrace.alerting.group.SqlFailure;
import io.millrace.alerting.group.StoredAlert;
import io.millrace.alerting.inbox.AlertRoutes;
import io.millrace.alerting.inbox.ChannelRoutes;
import io.millrace.alerting.inbox.Inbox;
import io.millrace.alerting.inbox.Retention;
import io.millrace.effects.http.GuardedHttpClient;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.id.EffectId;
import io.millrace.http.Authenticator;
import io.millrace.http.Identity;
import io.millrace.http.RouteContribution;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts for people: carries out the notify logic, keeps what was told, and contributes the inbox's
 * routes. A task waits in its node until its alert is stored and, on an external channel,
 * delivered, refused, too old, or counted into a group that the channel has heard of.
 */
public final class Alerting implements EffectExecutor, RouteContribution, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alerting.class);
  private static final String CANCELLED = "cancelled";

  private final AlertingSettings settings;
  private final AlertingEnvironment environment;
  private final Channels channels;
  private final AlertStore store;
  private final DeliveryLog log;
  private final Deliverer deliverer;
  private final Intake intake;
  private final Inbox inbox;
  private final Retention retention;
  private final AlertRoutes alertRoutes;
  private final ChannelRoutes channelRoutes;
  private final ExecutorService executor;
  private final List<Consumer<AlertView>> listeners = new CopyOnWriteArrayList<>();
  // Only the intake thread touches it: a flood into one group is told once a batch.
  private final Map<Long, AlertView> changed = new LinkedHashMap<>();
  // Given up while still waiting to be stored.
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
  private final Set<String> storing = ConcurrentHashMap.newKeySet();

  private Alerting(
      AlertingSettings settings,
      AlertingEnvironment environment,
      DataSource dataSource,
      GuardedHttpClient client) {
    this.settings = settings;
    this.environment = environment;
    this.channels =
        new Channels(
            settings.channels(),
            client,
            environment.clock(),
            settings.delivery().httpTimeoutMillis());
    Jdbi jdbi = AlertDatabase.open(dataSource);
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.store = new AlertStore(jdbi, settings.grouping());
    this.log = new DeliveryLog(jdbi);
    this.inbox = new Inbox(jdbi);
    this.retention = new Retention(jdbi, settings.retention());
    this.deliverer =
        new Deliverer(
            channels,
            log,
            settings.delivery(),
            this::later,
            environment.scheduler(),
            environment.clock(),
            environment.random());
    this.alertRoutes = new AlertRoutes(inbox, log, environment.clock(), settings.heartbeatMillis());
    this.channelRoutes = new ChannelRoutes(channels, this::test);
    this.intake = new Intake(store, settings.pendingMax(), this::stored, this::publish);
    scheduleRetention();
  }

  /**
   * Opens the tables and checks the channels.
   *
   * @param dataSource the installation's database; stays the caller's to close
   * @param client the way out; stays the caller's to close
   * @throws io.millrace.alerting.channel.ChannelSettingsException when a channel cannot be used
   */
  public static Alerting open(
      AlertingSettings settings, DataSource dataSource, GuardedHttpClient client) {
    return open(settings, AlertingEnvironment.real(), dataSource, client);
  }

  /** The same, with time and chance of the caller's. */
  public static Alerting open(
      AlertingSettings settings,
      AlertingEnvironment environment,
      DataSource dataSource,
      GuardedHttpClient client) {
    return new Alerting(settings, environment, dataSource, client);
  }

  @Override
  public boolean accepts(Effect effect) {
    return effect instanceof Effect.Notify;
  }

  @Override
  public void start(Effect effect, Consumer<EffectResult> done) {
    if (!(effect instanceof Effect.Notify notify)) {
      throw new IllegalArgumentException("Expected an alert, but got " + effect.getClass());
    }
    if (channels.find(notify.channel()) == null) {
      List<String> names = channels.all().stream().map(Channel::name).toList();
      done.accept(
          new EffectResult.NotifyFailed(
              "notify_unknown_channel",
              "Channel: expected one of "
                  + names
                  + ", but got '"
                  + Alert.cut(notify.channel(), 100)
                  + "'. Correct the node or configure the channel."));
      return;
    }
    Alert alert = Alert.of(notify);
    cancelled.remove(alert.effectId());
    storing.add(alert.effectId());
    intake.offer(
        new Intake.Pending(
            alert,
            result -> {
              forget(alert.effectId());
              done.accept(result);
            }));
  }

  @Override
  public void cancel(EffectId effectId) {
    String id = effectId.text();
    if (deliverer.cancel(id)) {
      forget(id);
      later(() -> finish(id, CANCELLED, ""));
    } else if (storing.contains(id)) {
      cancelled.add(id);
    }
  }

  /** Hears of every new alert, and of every group that grew, from now on; must be quick. */
  public void onAlert(Consumer<AlertView> listener) {
    listeners.add(listener);
  }

  /** Alerts that wait to be stored or delivered. */
  public int pending() {
    return intake.waiting() + deliverer.pending();
  }

  /** Live connections to the inbox. */
  public int liveReaders() {
    return alertRoutes.liveReaders();
  }

  /** Drops what is past its time; runs by itself, too. Answers how many rows went. Blocking. */
  public long dropOld() {
    return retention.run(environment.clock().millis());
  }

  @Override
  public void mount(Router router, Authenticator authenticator) {
    alertRoutes.mount(router, authenticator);
    channelRoutes.mount(router, authenticator);
  }

  /** Stops; what is pending is asked for again by the engine at its next start. */
  @Override
  public void close() {
    intake.close();
    environment.scheduler().close();
    alertRoutes.close();
    executor.shutdownNow();
  }

  /** An alert is in the store: the inbox is done, another channel has still to hear of it. */
  private void stored(Intake.Pending pending, StoredAlert stored) {
    String effectId = pending.alert().effectId();
    if (stored.changed()) {
      changed.put(stored.view().id(), stored.view());
    }
    if (stored.finished() != null) {
      pending.done().accept(result(stored.finished(), stored.outcome()));
      return;
    }
    if (cancelled.contains(effectId)) {
      forget(effectId);
      finish(effectId, CANCELLED, "");
      return;
    }
    Channel channel = channels.find(pending.alert().channel());
    if (channel == null) {
      throw new IllegalStateException("Channels do not change while the program runs");
    }
    int attempts = stored.changed() ? 0 : log.attempts(effectId);
    OutgoingAlert outgoing =
        new OutgoingAlert(pending.alert(), stored.view(), reason(stored.announcement()));
    deliverer.deliver(channel, outgoing, attempts, result -> delivered(pending, result));
  }

  private void delivered(Intake.Pending pending, Deliverer.Result result) {
    String finished =
        switch (result) {
          case Deliverer.Result.Delivered _ -> StoredAlert.NOTIFIED;
          case Deliverer.Result.Refused _ -> "notify_rejected";
          case Deliverer.Result.Expired _ -> "notify_expired";
        };
    String outcome =
        switch (result) {
          case Deliverer.Result.Delivered(String id) -> id;
          case Deliverer.Result.Refused(String error) -> error;
          case Deliverer.Result.Expired(String error) -> error;
        };
    finish(pending.alert().effectId(), finished, outcome);
    pending.done().accept(result(finished, outcome));
  }

  // Should this fail, the worst is that a restart sends the alert once more.
  private void finish(String effectId, String finished, String outcome) {
    try {
      store.finish(effectId, finished, outcome);
    } catch (RuntimeException e) {
      LOG.warn("The end of alert {} could not be noted: {}", effectId, SqlFailure.describe(e));
    }
  }

  private static EffectResult result(String finished, String outcome) {
    return finished.equals(StoredAlert.NOTIFIED)
        ? new EffectResult.Notified(outcome)
        : new EffectResult.NotifyFailed(finished, outcome);
  }

  private void publish() {
    for (AlertView view : changed.values()) {
      alertRoutes.publish(view);
      for (Consumer<AlertView> listener : listeners) {
        try {
          listener.accept(view);
        } catch (RuntimeException e) {
          LOG.error("A listener of alerts failed", e);
        }
      }
    }
    changed.clear();
  }

  private void forget(String effectId) {
    storing.remove(effectId);
    cancelled.remove(effectId);
  }

  /** Work on a virtual thread; after {@link #close} it is dropped, as the engine asks again. */
  private void later(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed: work on alerts is left to the next start");
    }
  }

  private SendOutcome test(Channel channel, Identity who) {
    long now = environment.clock().millis();
    Alert alert =
        new Alert(
            "test-" + channel.name() + "-" + now,
            0,
            "",
            "",
            now,
            channel.name(),
            List.of(),
            "Test of channel " + channel.name(),
            "Sent by " + who.name() + ". If you can read this, the channel works.",
            Severity.INFO,
            Map.of(),
            "");
    AlertView view = AlertStore.preview(alert);
    CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
    deliverer.test(channel, new OutgoingAlert(alert, view, "test"), outcome::complete);
    return outcome.join();
  }

  private void scheduleRetention() {
    environment
        .scheduler()
        .schedule(
            settings.retention().intervalMillis(),
            () -> {
              later(() -> {
                try {
                  LOG.debug("Retention dropped {} rows", dropOld());
                } catch (RuntimeException e) {
                  LOG.warn("Old alerts could not be dropped: {}", SqlFailure.describe(e));
                }
              });
              scheduleRetention();
            });
  }

  private static String reason(Announcement announcement) {
    return announcement.name().toLowerCase(Locale.ROOT);
  }
}
