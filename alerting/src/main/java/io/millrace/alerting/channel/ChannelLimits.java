package io.millrace.alerting.channel;

/**
 * How hard a channel may be pushed.
 *
 * @param concurrencyMax deliveries at one time
 * @param ratePerMinute deliveries begun in a minute
 */
public record ChannelLimits(int concurrencyMax, int ratePerMinute) {}
