package io.millrace.bench.micro;

import io.millrace.engine.condition.Condition;
import io.millrace.engine.condition.Operator;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.Template;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The codec, a template and a condition, on a record of about 1.2 KB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ValueBenchmark {
  private static final String RECORD =
      """
      {"eventVersion":"1.09","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:ann",
      "arn":"arn:aws:sts::111122223333:assumed-role/Developer/ann","accountId":"111122223333",
      "accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role",
      "principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/Developer",
      "accountId":"111122223333","userName":"Developer"},"attributes":{
      "creationDate":"2026-03-03T08:11:12Z","mfaAuthenticated":"true"}}},
      "eventTime":"2026-03-03T08:15:30Z","eventSource":"ec2.amazonaws.com",
      "eventName":"DescribeInstances","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7",
      "userAgent":"aws-cli/2.15.30 Python/3.11.8 Linux/6.1 exe/x86_64","requestParameters":{
      "instancesSet":{"items":[{"instanceId":"i-0abc1234567890def"}]},"filterSet":{}},
      "responseElements":null,"requestID":"3f0a7c52-0c1f-4f43-9a6e-0a1b2c3d4e5f",
      "eventID":"6a3f1a4c-0c5f-4d6c-9f2e-0e0f6a1b2c3d","readOnly":true,"eventType":"AwsApiCall",
      "managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management",
      "tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",
      "clientProvidedHostHeader":"ec2.eu-west-1.amazonaws.com"}}
      """;

  private final byte[] utf8 = RECORD.getBytes(StandardCharsets.UTF_8);
  private final View view = new View(Json.parseObject(utf8));
  private final Template text =
      Template.compile("{{userIdentity.arn}} called {{eventName}} from {{sourceIPAddress}}");
  private final Condition equal =
      Condition.compile("{{eventSource}}", Operator.EQ, "iam.amazonaws.com", ValueType.STRING);
  private final Condition regexp =
      Condition.compile(
          "{{eventName}}", Operator.REGEXP, "^(Put|Attach)(User|Role)Policy$", ValueType.STRING);

  @Benchmark
  public ObjectNode parse() {
    return Json.parseObject(utf8);
  }

  @Benchmark
  public byte[] parseAndWrite() {
    return Json.bytes(Json.parseObject(utf8));
  }

  @Benchmark
  public String renderTemplate() {
    return text.renderText(view);
  }

  @Benchmark
  public boolean conditionOnText() {
    return equal.test(view);
  }

  @Benchmark
  public boolean conditionOnPattern() {
    return regexp.test(view);
  }

  private record View(ObjectNode data) implements io.millrace.engine.template.Scope {
    @Override
    public @Nullable JsonNode root(String name) {
      return null;
    }

    @Override
    public @Nullable JsonNode overlay(String name) {
      return null;
    }

    @Override
    public long nowMillis() {
      return 1_700_000_000_000L;
    }

    @Override
    public long nextRandom() {
      return 4;
    }

    @Override
    public ZoneId zone() {
      return ZoneId.of("UTC");
    }
  }
}
