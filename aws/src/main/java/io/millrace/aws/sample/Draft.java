package io.millrace.aws.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A record being written; what is not set is absent, or null where CloudTrail writes null. */
final class Draft {
  private final Instant time;
  private final Account account;
  private final String region;
  private final String source;
  private final String name;
  private ObjectNode identity = JsonNodeFactory.instance.objectNode();
  private String address = "AWS Internal";
  private String agent = "AWS Internal";
  private String type = "AwsApiCall";
  private boolean readOnly;
  private @Nullable String errorCode;
  private @Nullable String errorMessage;
  private @Nullable JsonNode request;
  private @Nullable JsonNode response;
  private @Nullable JsonNode additional;
  private @Nullable JsonNode resources;
  private @Nullable JsonNode details;
  private boolean console;

  Draft(Instant time, Account account, String region, String source, String name) {
    this.time = time.truncatedTo(ChronoUnit.SECONDS);
    this.account = account;
    this.region = region;
    this.source = source;
    this.name = name;
  }

  Draft by(ObjectNode who, String fromAddress, String userAgent) {
    identity = who;
    address = fromAddress;
    agent = userAgent;
    return this;
  }

  Draft type(String eventType) {
    type = eventType;
    return this;
  }

  Draft readOnly(boolean value) {
    readOnly = value;
    return this;
  }

  Draft failed(@Nullable String code, String message) {
    errorCode = code;
    errorMessage = message;
    return this;
  }

  Draft request(String template, Object... arguments) {
    request = Json.of(template, arguments);
    return this;
  }

  Draft response(String template, Object... arguments) {
    response = Json.of(template, arguments);
    return this;
  }

  Draft additional(String template, Object... arguments) {
    additional = Json.of(template, arguments);
    return this;
  }

  Draft resources(String template, Object... arguments) {
    resources = Json.of(template, arguments);
    return this;
  }

  Draft details(String template, Object... arguments) {
    details = Json.of(template, arguments);
    return this;
  }

  Draft console() {
    console = true;
    return this;
  }

  /** Writes the record, members in CloudTrail's order. */
  SampleEvent finished(Ids ids) {
    boolean api = type.equals("AwsApiCall");
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("eventVersion", type.equals("AwsServiceEvent") ? "1.08" : "1.11");
    record.set("userIdentity", identity);
    record.put("eventTime", time.toString());
    record.put("eventSource", source + ".amazonaws.com");
    record.put("eventName", name);
    record.put("awsRegion", region);
    record.put("sourceIPAddress", address);
    record.put("userAgent", agent);
    if (errorCode != null) {
      record.put("errorCode", errorCode);
    }
    if (errorMessage != null) {
      record.put("errorMessage", errorMessage);
    }
    record.set(
        "requestParameters", request == null ? JsonNodeFactory.instance.nullNode() : request);
    record.set(
        "responseElements", response == null ? JsonNodeFactory.instance.nullNode() : response);
    if (additional != null) {
      record.set("additionalEventData", additional);
    }
    if (api) {
      record.put("requestID", ids.uuid());
    }
    String eventId = ids.uuid();
    record.put("eventID", eventId);
    record.put("readOnly", readOnly);
    if (resources != null) {
      record.set("resources", resources);
    }
    record.put("eventType", type);
    record.put("managementEvent", true);
    record.put("recipientAccountId", account.id());
    if (details != null) {
      record.set("serviceEventDetails", details);
    }
    record.put("eventCategory", "Management");
    tail(record, api);
    return new SampleEvent(time, account.id(), region, eventId, record);
  }

  private void tail(ObjectNode record, boolean api) {
    boolean calledOverNet = Character.isDigit(address.charAt(0));
    if (calledOverNet) {
      String host =
          api ? source + "." + region + ".amazonaws.com" : region + ".signin.aws.amazon.com";
      record.set(
          "tlsDetails",
          Json.of(
              """
              {'tlsVersion':'TLSv1.3','cipherSuite':'TLS_AES_128_GCM_SHA256',\
              'clientProvidedHostHeader':'%s'}\
              """,
              host));
    }
    if (console) {
      record.put("sessionCredentialFromConsole", "true");
    }
  }
}
