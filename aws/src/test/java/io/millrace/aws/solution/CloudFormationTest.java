package io.millrace.aws.solution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Checks the template without AWS: every reference resolves, every resource has what it must. */
class CloudFormationTest {
  private static final Path TEMPLATE = Path.of("../solutions/cloudtrail/cloudformation.yaml");
  private static final Set<String> PSEUDO =
      Set.of("AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::StackName", "AWS::NoValue");

  /** Required properties by type, as the resource reference of CloudFormation lists them. */
  private static final Map<String, Set<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("AWS::S3::Bucket", Set.of()),
          Map.entry("AWS::S3::BucketPolicy", Set.of("Bucket", "PolicyDocument")),
          Map.entry("AWS::CloudTrail::Trail", Set.of("S3BucketName", "IsLogging")),
          Map.entry("AWS::SNS::Topic", Set.of()),
          Map.entry("AWS::SNS::TopicPolicy", Set.of("Topics", "PolicyDocument")),
          Map.entry("AWS::SNS::Subscription", Set.of("TopicArn", "Protocol", "Endpoint")),
          Map.entry("AWS::SQS::Queue", Set.of()),
          Map.entry("AWS::SQS::QueuePolicy", Set.of("Queues", "PolicyDocument")),
          Map.entry("AWS::IAM::ManagedPolicy", Set.of("PolicyDocument")),
          Map.entry("AWS::IAM::Role", Set.of("AssumeRolePolicyDocument")),
          Map.entry("AWS::Logs::LogGroup", Set.of()),
          Map.entry("AWS::Lambda::Function", Set.of("Code", "Role", "Handler", "Runtime")),
          Map.entry("AWS::Lambda::EventSourceMapping", Set.of("FunctionName", "EventSourceArn")),
          Map.entry(
              "AWS::CloudWatch::Alarm",
              Set.of("ComparisonOperator", "EvaluationPeriods", "MetricName", "Namespace")));

  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "AWS::S3::Bucket", Set.of("Arn"),
          "AWS::SQS::Queue", Set.of("Arn", "QueueName", "QueueUrl"),
          "AWS::SNS::TopicPolicy", Set.of("Id"),
          "AWS::IAM::Role", Set.of("Arn", "RoleId"),
          "AWS::Logs::LogGroup", Set.of("Arn"));

  /** A short-form function such as {@code !Ref X}. */
  private record Function(String name, Object argument) {}

  private static Map<String, Object> template;

  private static final class Functions extends SafeConstructor {
    Functions() {
      super(new LoaderOptions());
      for (String name : List.of("Ref", "GetAtt", "Sub", "If", "Equals", "Not", "Condition")) {
        yamlConstructors.put(
            new Tag("!" + name),
            new AbstractConstruct() {
              @Override
              public Object construct(Node node) {
                Object argument =
                    switch (node) {
                      case ScalarNode scalar -> scalar.getValue();
                      case SequenceNode sequence -> constructSequence(sequence);
                      case MappingNode mapping -> constructMapping(mapping);
                      default -> throw new IllegalStateException(node.toString());
                    };
                return new Function(name, argument);
              }
            });
      }
    }
  }

  @BeforeAll
  static void read() throws IOException {
    try (Reader reader = Files.newBufferedReader(TEMPLATE)) {
      template = new Yaml(new Functions()).load(reader);
    }
  }

  @Test
  void everyFunctionNamesSomethingThatIsThere() {
    List<Function> functions = new ArrayList<>();
    collect(template, functions);
    assertThat(functions).hasSizeGreaterThan(60);
    for (Function function : functions) {
      switch (function.name()) {
        case "Ref" -> assertThat(known()).contains((String) function.argument());
        case "GetAtt" -> attribute((String) function.argument());
        case "Sub" -> substitution((String) function.argument());
        case "If" ->
            assertThat(section("Conditions"))
                .containsKey((String) ((List<?>) function.argument()).getFirst());
        case "Condition" ->
            assertThat(section("Conditions")).containsKey((String) function.argument());
        case "Equals", "Not" -> assertThat(function.argument()).isInstanceOf(List.class);
        default -> throw new AssertionError(function);
      }
    }
  }

  @Test
  void everyConditionAndDependencyNamesSomethingThatIsThere() {
    for (Map<String, Object> resource : resources().values()) {
      if (resource.get("Condition") instanceof String condition) {
        assertThat(section("Conditions")).containsKey(condition);
      }
      switch (resource.get("DependsOn")) {
        case null -> {}
        case String one -> assertThat(resources()).containsKey(one);
        case List<?> many -> many.forEach(one -> assertThat(resources()).containsKey((String) one));
        default -> throw new AssertionError(resource.get("DependsOn"));
      }
    }
  }

  @Test
  void everyResourceHasItsRequiredProperties() {
    resources()
        .forEach((name, resource) -> {
          String type = (String) resource.get("Type");
          assertThat(REQUIRED).as("type of " + name).containsKey(type);
          assertThat(properties(resource).keySet()).as(name).containsAll(REQUIRED.get(type));
        });
  }

  @Test
  void everyParameterIsUsedAndHasATypeAndADescription() {
    List<Function> functions = new ArrayList<>();
    collect(template, functions);
    Set<Object> used = new HashSet<>();
    functions.forEach(function -> used.add(function.argument()));
    section("Parameters")
        .forEach((name, value) -> {
          Map<?, ?> parameter = (Map<?, ?>) value;
          assertThat(parameter.get("Type")).as(name).isNotNull();
          assertThat(parameter.get("Description")).as(name).isNotNull();
          boolean inText = used.stream().anyMatch(u -> u.toString().contains("${" + name + "}"));
          assertThat(used.contains(name) || inText).as(name + " is used").isTrue();
        });
  }

  @Test
  void theTrailSeesAllRegionsAndIsValidated() {
    Map<String, Object> trail = properties(resources().get("Trail"));
    assertThat(trail)
        .containsEntry("IsLogging", true)
        .containsEntry("IsMultiRegionTrail", true)
        .containsEntry("EnableLogFileValidation", true);
  }

  @Test
  void theBucketIsClosedEncryptedAndExpires() {
    Map<String, Object> bucket = properties(resources().get("LogBucket"));
    Map<?, ?> block = (Map<?, ?>) bucket.get("PublicAccessBlockConfiguration");
    assertThat(block.values()).hasSize(4).allSatisfy(value -> assertThat(value).isEqualTo(true));
    assertThat(bucket).containsKeys("BucketEncryption", "LifecycleConfiguration");
  }

  /** A service may act only for this account's own trail, bucket or topic: the confused deputy. */
  @Test
  void whatServicesMayDoIsBoundToTheirSource() {
    Set<String> checked = new TreeSet<>();
    for (String name :
        List.of("LogBucketPolicy", "NotificationTopicPolicy", "NotificationQueuePolicy")) {
      for (Map<?, ?> statement : statements(resources().get(name))) {
        if (statement.get("Principal") instanceof Map<?, ?> principal
            && principal.containsKey("Service")) {
          assertThat(String.valueOf(statement.get("Condition")))
              .as(String.valueOf(statement.get("Sid")))
              .contains("aws:SourceArn");
          checked.add((String) statement.get("Sid"));
        }
      }
    }
    assertThat(checked)
        .containsExactly(
            "BucketPublishes", "BucketSends", "TopicSends", "TrailReadsAcl", "TrailWrites");
  }

  @Test
  void rightsNameTheirResources() {
    for (String name : List.of("ServerPolicy", "ForwarderRole")) {
      List<Object> all = new ArrayList<>();
      flatten(resources().get(name), all);
      assertThat(all).as(name).doesNotContain("*");
    }
  }

  private static void attribute(String text) {
    String[] parts = text.split("\\.", 2);
    assertThat(resources()).containsKey(parts[0]);
    String type = (String) resources().get(parts[0]).get("Type");
    assertThat(ATTRIBUTES.getOrDefault(type, Set.of())).as(text).contains(parts[1]);
  }

  private static void substitution(String text) {
    Matcher variable = Pattern.compile("\\$\\{([^}!]+)}").matcher(text);
    while (variable.find()) {
      String name = variable.group(1);
      if (name.contains(".")) {
        attribute(name);
      } else {
        assertThat(known()).contains(name);
      }
    }
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(PSEUDO);
    known.addAll(section("Parameters").keySet());
    known.addAll(section("Resources").keySet());
    return known;
  }

  /** The statements of a policy, both branches of an {@code !If} included. */
  private static List<Map<?, ?>> statements(Map<String, Object> resource) {
    Map<?, ?> document = (Map<?, ?>) properties(resource).get("PolicyDocument");
    List<Map<?, ?>> statements = new ArrayList<>();
    for (Object entry : (List<?>) document.get("Statement")) {
      if (entry instanceof Function(var _, List<?> branches)) {
        branches.stream().skip(1).forEach(branch -> statements.add((Map<?, ?>) branch));
      } else {
        statements.add((Map<?, ?>) entry);
      }
    }
    return statements;
  }

  private static void collect(Object value, List<Function> functions) {
    switch (value) {
      case Function function -> {
        functions.add(function);
        collect(function.argument(), functions);
      }
      case Map<?, ?> map -> map.values().forEach(one -> collect(one, functions));
      case List<?> list -> list.forEach(one -> collect(one, functions));
      case null -> {}
      default -> {}
    }
  }

  private static void flatten(Object value, List<Object> leaves) {
    switch (value) {
      case Map<?, ?> map -> map.values().forEach(one -> flatten(one, leaves));
      case List<?> list -> list.forEach(one -> flatten(one, leaves));
      case null -> {}
      default -> leaves.add(value);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> section(String name) {
    return (Map<String, Object>) template.get(name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> resources() {
    Map<String, Map<String, Object>> resources = new LinkedHashMap<>();
    section("Resources").forEach((name, value) -> resources.put(name, (Map<String, Object>) value));
    return resources;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> properties(Map<String, Object> resource) {
    return (Map<String, Object>) resource.get("Properties");
  }
}
