package io.millrace.alerting.deliver;

import org.jspecify.annotations.Nullable;

/**
 * One attempt.
 *
 * @param alertId null for a test of a channel
 * @param attempt from 1
 * @param error without secrets; empty when there is none
 */
public record DeliveryRecord(
    String effectId,
    @Nullable Long alertId,
    String channel,
    int attempt,
    long timeMillis,
    DeliveryOutcome outcome,
    long durationMillis,
    String error) {}
