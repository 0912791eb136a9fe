package io.millrace.aws.sample;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** A made-up record and what decides in which file it goes. */
record SampleEvent(
    Instant time, String accountId, String region, String eventId, ObjectNode record) {}
