package io.millrace.alerting.deliver;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.channel.Channel;
import io.millrace.alerting.channel.ChannelSender;
import io.millrace.alerting.channel.Channels;
import io.millrace.alerting.channel.OutgoingAlert;
import io.millrace.alerting.channel.SendOutcome;
import io.millrace.alerting.group.SqlFailure;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings alerts to their channels: attempt, wait, attempt again, until it is delivered, refused for
 * good or too old. It keeps nothing over a restart itself; the engine asks again for what was
 * pending, and the log tells how many attempts there were.
 */
public final class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

  private final Channels channels;
  private final DeliveryLog log;
  private final DeliverySettings settings;
  private final BackOff backOff;
  private final Executor executor;
  private final DelayScheduler scheduler;
  private final InstantSource clock;
  private final Map<String, ChannelGate> gates = new ConcurrentHashMap<>();
  private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();

  /** How a delivery ended. */
  public sealed interface Result {
    /** It reached the channel, which calls it by this id; may be empty. */
    record Delivered(String deliveryId) implements Result {}

    /** The channel refused it for good. */
    record Refused(String error) implements Result {}

    /** It became too old. */
    record Expired(String error) implements Result {}
  }

  /** One alert on its way. Its steps follow each other, so only the flag is shared. */
  private final class Delivery {
    final Channel channel;
    final OutgoingAlert alert;
    final Consumer<Result> done;
    final Runnable turn = () -> executor.execute(this::attempt);
    int attempts;
    volatile boolean cancelled;

    Delivery(Channel channel, OutgoingAlert alert, int attempts, Consumer<Result> done) {
      this.channel = channel;
      this.alert = alert;
      this.attempts = attempts;
      this.done = done;
    }

    void attempt() {
      if (cancelled) {
        gate(channel).leave();
        return;
      }
      attempts++;
      long startMillis = clock.millis();
      ChannelSender sender = channels.sender(channel);
      sender.send(alert, outcome -> executor.execute(() -> attempted(outcome, startMillis)));
    }

    private void attempted(SendOutcome outcome, long startMillis) {
      Step step = step(outcome);
      note(step, startMillis);
      if (step.outcome == DeliveryOutcome.RETRY && !cancelled) {
        scheduler.schedule(step.delayMillis, () -> gate(channel).enter(turn));
      } else {
        deliveries.remove(alert.alert().effectId(), this);
      }
      gate(channel).leave();
      Result result = step.result;
      if (result != null && !cancelled) {
        done.accept(result);
      }
    }

    private Step step(SendOutcome outcome) {
      return switch (outcome) {
        case SendOutcome.Sent(String remoteId, String note) ->
            new Step(DeliveryOutcome.DELIVERED, note, 0, new Result.Delivered(remoteId));
        case SendOutcome.Rejected(String error) ->
            new Step(DeliveryOutcome.REJECTED, error, 0, new Result.Refused(error));
        case SendOutcome.Later(String error, Long retryAfterMillis) ->
            failed(error, retryAfterMillis);
      };
    }

    private Step failed(String error, @Nullable Long retryAfterMillis) {
      long delay = backOff.delayMillis(attempts);
      if (retryAfterMillis != null) {
        delay = Math.max(delay, retryAfterMillis);
        // The other side means everyone who sends to it, not only this alert.
        gate(channel).pause(Math.min(retryAfterMillis, settings.giveUpMillis()));
      }
      long deadline = alert.alert().timeMillis() + settings.giveUpMillis();
      if (clock.millis() + delay > deadline) {
        return new Step(DeliveryOutcome.EXPIRED, error, 0, new Result.Expired(error));
      }
      return new Step(DeliveryOutcome.RETRY, error, delay, null);
    }

    private void note(Step step, long startMillis) {
      String effectId = alert.alert().effectId();
      if (step.outcome != DeliveryOutcome.DELIVERED) {
        LOG.warn(
            "Alert {} over channel {}, attempt {}: {}: {}",
            effectId,
            channel.name(),
            attempts,
            step.outcome.text(),
            step.error);
      }
      writeLog(
          new DeliveryRecord(
              effectId,
              alert.group().id(),
              channel.name(),
              attempts,
              startMillis,
              step.outcome,
              clock.millis() - startMillis,
              Alert.cut(step.error, 1_000)));
    }
  }

  private record Step(
      DeliveryOutcome outcome, String error, long delayMillis, @Nullable Result result) {}

  public Deliverer(
      Channels channels,
      DeliveryLog log,
      DeliverySettings settings,
      Executor executor,
      DelayScheduler scheduler,
      InstantSource clock,
      RandomGenerator random) {
    this.channels = channels;
    this.log = log;
    this.settings = settings;
    this.backOff = new BackOff(settings, random);
    this.executor = executor;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * Begins a delivery; {@code done} is called once, unless it is cancelled before.
   *
   * @param attemptsBefore attempts in earlier runs
   */
  public void deliver(
      Channel channel, OutgoingAlert alert, int attemptsBefore, Consumer<Result> done) {
    Delivery delivery = new Delivery(channel, alert, attemptsBefore, done);
    Delivery earlier = deliveries.put(alert.alert().effectId(), delivery);
    if (earlier != null) {
      stop(earlier);
    }
    gate(channel).enter(delivery.turn);
  }

  /** Stops trying; false when there was nothing under way. */
  public boolean cancel(String effectId) {
    Delivery delivery = deliveries.remove(effectId);
    if (delivery == null) {
      return false;
    }
    stop(delivery);
    return true;
  }

  /** One attempt without retries, noted in the log: an administrator's test of a channel. */
  public void test(Channel channel, OutgoingAlert alert, Consumer<SendOutcome> done) {
    long startMillis = clock.millis();
    executor.execute(() ->
        channels
            .sender(channel)
            .send(
                alert,
                outcome ->
                    executor.execute(() -> tested(channel, alert, outcome, startMillis, done))));
  }

  /** Deliveries that are waiting or under way. */
  public int pending() {
    return deliveries.size();
  }

  private void tested(
      Channel channel,
      OutgoingAlert alert,
      SendOutcome outcome,
      long startMillis,
      Consumer<SendOutcome> done) {
    DeliveryOutcome word =
        outcome instanceof SendOutcome.Sent ? DeliveryOutcome.DELIVERED : DeliveryOutcome.REJECTED;
    String error =
        switch (outcome) {
          case SendOutcome.Sent(_, String note) -> note;
          case SendOutcome.Later(String text, _) -> text;
          case SendOutcome.Rejected(String text) -> text;
        };
    writeLog(
        new DeliveryRecord(
            alert.alert().effectId(),
            null,
            channel.name(),
            1,
            startMillis,
            word,
            clock.millis() - startMillis,
            error));
    done.accept(outcome);
  }

  private void stop(Delivery delivery) {
    delivery.cancelled = true;
    gate(delivery.channel).withdraw(delivery.turn);
  }

  // A lost line of the log is no reason to lose, or to repeat, an alert.
  private void writeLog(DeliveryRecord record) {
    try {
      log.add(record);
    } catch (RuntimeException e) {
      LOG.warn("The delivery log could not be written: {}", SqlFailure.describe(e));
    }
  }

  private ChannelGate gate(Channel channel) {
    return gates.computeIfAbsent(
        channel.name(), _ -> new ChannelGate(channel.limits(), clock, scheduler));
  }
}
