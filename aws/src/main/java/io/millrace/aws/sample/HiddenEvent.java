package io.millrace.aws.sample;

import java.time.Instant;

/**
 * One step of the attack that is hidden in the sample.
 *
 * @param what the step in words
 */
public record HiddenEvent(
    Instant time, String accountId, String eventName, String eventId, String what) {}
