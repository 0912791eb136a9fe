package io.millrace.aws.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** An ordinary day: services and deployments around the clock, people in office hours. */
final class Traffic {
  private static final String OFFICE = "198.51.100.24";
  private static final String HOME = "192.0.2.";
  private static final String BROWSER =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
  private static final String TERRAFORM =
      "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 terraform-provider-aws/5.76.0 aws-sdk-go-v2/1.32.4 os/linux";
  private static final String SSO_DEVELOPER = "AWSReservedSSO_Developer_0a1b2c3d4e5f6071";
  private static final String SSO_READER = "AWSReservedSSO_ReadOnly_1f2e3d4c5b6a7988";

  /** What services of the company call, minute by minute: account, role, region, service, call. */
  private static final List<Robot> ROBOTS =
      List.of(
          new Robot(Account.PRODUCTION, "orders-api-task", "ecs-tasks", 9),
          new Robot(Account.PRODUCTION, "image-resize-lambda", "lambda", 7),
          new Robot(Account.PRODUCTION, "metrics-collector", "ec2", 6),
          new Robot(Account.PRODUCTION, "AWSServiceRoleForAutoScaling", "autoscaling", 3),
          new Robot(Account.STAGING, "orders-api-task", "ecs-tasks", 3),
          new Robot(Account.STAGING, "night-tests", "codebuild", 2),
          new Robot(Account.TOOLING, "ci-runner", "ec2", 5),
          new Robot(Account.TOOLING, "AWSServiceRoleForConfig", "config", 3));

  private static final List<String> PEOPLE =
      List.of(
          "ada.novak",
          "bruno.silva",
          "carla.rossi",
          "david.cohen",
          "elif.yilmaz",
          "farid.haddad",
          "greta.olsen",
          "hugo.martin",
          "ines.garcia",
          "jonas.weber",
          "kaori.sato",
          "liam.murphy",
          "marta.lindqvist",
          "nils.dahl",
          "oksana.bondar",
          "pavel.horak",
          "quinn.taylor",
          "rosa.mendes");

  private static final List<Account> ACCOUNTS =
      List.of(Account.PRODUCTION, Account.STAGING, Account.TOOLING);

  private record Robot(Account account, String role, String host, int weight) {}

  private final Instant midnight;
  private final Random random;
  private final Ids ids;
  private final List<SampleEvent> events = new ArrayList<>();

  Traffic(Instant midnight, Random random, Ids ids) {
    this.midnight = midnight;
    this.random = random;
    this.ids = ids;
  }

  List<SampleEvent> ofTheDay() {
    for (int minute = 0; minute < 24 * 60; minute++) {
      robots(minute);
      people(minute);
      if (minute % 45 == 7) {
        deployment(minute);
      }
      if (minute % 240 == 33) {
        scaling(minute);
      }
    }
    signIns();
    keyRotation();
    return events;
  }

  private void robots(int minute) {
    int weights = ROBOTS.stream().mapToInt(Robot::weight).sum();
    int calls = 5 + random.nextInt(4);
    for (int i = 0; i < calls; i++) {
      int pick = random.nextInt(weights);
      int index = 0;
      while (pick >= ROBOTS.get(index).weight()) {
        pick -= ROBOTS.get(index++).weight();
      }
      robotCall(ROBOTS.get(index), at(minute));
    }
  }

  private void robotCall(Robot robot, Instant time) {
    if (random.nextInt(6) == 0) {
      assumedBy(robot, time);
      return;
    }
    Instant since = time.minus(Duration.ofMinutes(5 + random.nextInt(50)));
    ObjectNode who = Identities.role(robot.account(), robot.role(), session(robot), hourOf(since));
    String address = "10.20." + random.nextInt(8) + "." + (10 + random.nextInt(200));
    Calls.Call call = Calls.ROBOT.get(random.nextInt(Calls.ROBOT.size()));
    events.add(
        call.draft(time, robot.account(), random)
            .by(who, address, "aws-sdk-go-v2/1.32.4 os/linux lang/go#1.23.3 md/GOARCH#arm64")
            .finished(ids));
  }

  private static String session(Robot robot) {
    return robot.host().equals("ec2") ? "i-0" + "1b2c3d4e5f607182" : robot.role() + "-session";
  }

  /** A service takes on the role: the most frequent record of every real trail. */
  private void assumedBy(Robot robot, Instant time) {
    String service = robot.host() + ".amazonaws.com";
    String arn = "arn:aws:iam::%s:role/%s".formatted(robot.account().id(), robot.role());
    events.add(
        new Draft(time, robot.account(), "eu-west-1", "sts", "AssumeRole")
            .by(Identities.service(service), service, service)
            .readOnly(true)
            .request(
                "{'roleArn':'%s','roleSessionName':'%s','durationSeconds':3600}",
                arn, session(robot))
            .response(
                """
                {'credentials':{'accessKeyId':'%s','sessionToken':'REDACTED','expiration':'%s'},\
                'assumedRoleUser':{'assumedRoleId':'%s:%s','arn':'arn:aws:sts::%s:assumed-role/%s/%s'}}\
                """,
                Ids.principal("ASIA", robot.role() + time),
                time.plus(Duration.ofHours(1)),
                Ids.principal("AROA", robot.role()),
                session(robot),
                robot.account().id(),
                robot.role(),
                session(robot))
            .resources(
                "[{'accountId':'%s','type':'AWS::IAM::Role','ARN':'%s'}]",
                robot.account().id(), arn)
            .finished(ids));
  }

  private void people(int minute) {
    int hour = minute / 60;
    boolean office = hour >= 7 && hour < 18;
    int calls = office ? random.nextInt(13) : random.nextInt(20) == 0 ? 1 : 0;
    for (int i = 0; i < calls; i++) {
      String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
      Account account = ACCOUNTS.get(random.nextInt(3));
      String role = account.equals(Account.PRODUCTION) ? SSO_READER : SSO_DEVELOPER;
      ObjectNode who =
          Identities.role(
              account,
              role,
              person + "@brightmill.example",
              midnight.plus(Duration.ofHours(Math.min(hour, 7))));
      boolean console = random.nextInt(3) > 0;
      Calls.Call call = Calls.PEOPLE.get(random.nextInt(Calls.PEOPLE.size()));
      Draft draft =
          call.draft(at(minute), account, random)
              .by(who, addressOf(person, office), console ? BROWSER : TERRAFORM);
      events.add((console ? draft.console() : draft).finished(ids));
    }
  }

  private static String addressOf(String person, boolean office) {
    return office && person.length() % 3 != 0 ? OFFICE : HOME + (20 + person.length());
  }

  /** The pipeline deploys: short-lived session, a few writes. */
  private void deployment(int minute) {
    Account account = minute % 2 == 0 ? Account.STAGING : Account.PRODUCTION;
    Instant time = at(minute);
    ObjectNode who = Identities.role(account, "ci-deploy", "build-" + (4000 + minute), time);
    String agent = "aws-cli/2.22.1 md/awscrt#0.23.4 exec-env/AWS_ECS_FARGATE";
    for (int i = 0; i < Calls.DEPLOYMENT.size(); i++) {
      events.add(
          Calls.DEPLOYMENT
              .get(i)
              .draft(time.plusSeconds(4L * i), account, random)
              .by(who, "10.40.0.17", agent)
              .finished(ids));
    }
  }

  private void scaling(int minute) {
    String instance = "i-0" + ids.hex(16);
    ObjectNode who =
        Identities.role(
            Account.PRODUCTION, "AWSServiceRoleForAutoScaling", "AutoScaling", at(minute));
    who.put("invokedBy", "autoscaling.amazonaws.com");
    events.add(
        new Draft(at(minute), Account.PRODUCTION, "eu-west-1", "ec2", "RunInstances")
            .by(who, "autoscaling.amazonaws.com", "autoscaling.amazonaws.com")
            .request(
                """
                {'instancesSet':{'items':[{'imageId':'ami-0fedcba9876543210','minCount':1,\
                'maxCount':1}]},'instanceType':'m7g.large','monitoring':{'enabled':false}}\
                """)
            .response(
                """
                {'requestId':'%s','reservationId':'r-0%s','ownerId':'%s','instancesSet':{'items':\
                [{'instanceId':'%s','imageId':'ami-0fedcba9876543210','instanceType':'m7g.large',\
                'instanceState':{'code':0,'name':'pending'}}]}}\
                """,
                ids.uuid(), ids.hex(16), Account.PRODUCTION.id(), instance)
            .finished(ids));
  }

  /** People sign in through the identity provider: MFAUsed says No, as it always does there. */
  private void signIns() {
    for (int i = 0; i < PEOPLE.size(); i++) {
      String person = PEOPLE.get(i);
      Account account = ACCOUNTS.get(i % 3);
      Instant time = midnight.plus(Duration.ofMinutes(6 * 60 + 40 + 7L * i));
      ObjectNode who =
          Identities.role(account, SSO_DEVELOPER, person + "@brightmill.example", time);
      who.remove("accessKeyId");
      events.add(
          new Draft(time, account, "eu-west-1", "signin", "ConsoleLogin")
              .by(who, addressOf(person, true), BROWSER)
              .type("AwsConsoleSignIn")
              .response("{'ConsoleLogin':'Success'}")
              .additional(
                  "{'LoginTo':'https://console.aws.amazon.com/','MobileVersion':'No','MFAUsed':'No'}")
              .finished(ids));
    }
    ObjectNode operator = Identities.signIn(Account.TOOLING, "marta.lindqvist", true);
    operator.put("arn", "arn:aws:iam::%s:user/marta.lindqvist".formatted(Account.TOOLING.id()));
    events.add(
        new Draft(
                midnight.plus(Duration.ofMinutes(505)),
                Account.TOOLING,
                "eu-west-1",
                "signin",
                "ConsoleLogin")
            .by(operator, OFFICE, BROWSER)
            .type("AwsConsoleSignIn")
            .response("{'ConsoleLogin':'Success'}")
            .additional(
                """
                {'LoginTo':'https://console.aws.amazon.com/','MobileVersion':'No','MFAUsed':'Yes',\
                'MFAIdentifier':'arn:aws:iam::%s:mfa/marta.lindqvist'}\
                """,
                Account.TOOLING.id())
            .finished(ids));
  }

  private void keyRotation() {
    String key = "0987dcba-09fe-87dc-65ba-ab0987654321";
    events.add(
        new Draft(
                midnight.plus(Duration.ofMinutes(12 * 60 + 3)),
                Account.PRODUCTION,
                "eu-west-1",
                "kms",
                "RotateKey")
            .by(
                Identities.serviceEvent(Account.PRODUCTION, "AWS Internal"),
                "AWS Internal",
                "AWS Internal")
            .type("AwsServiceEvent")
            .resources(
                "[{'ARN':'arn:aws:kms:eu-west-1:%s:key/%s','accountId':'%s','type':'AWS::KMS::Key'}]",
                Account.PRODUCTION.id(), key, Account.PRODUCTION.id())
            .details("{'keyId':'%s'}", key)
            .finished(ids));
  }

  private Instant at(int minute) {
    return midnight.plus(Duration.ofMinutes(minute)).plusSeconds(random.nextInt(60));
  }

  private static Instant hourOf(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond() / 3600 * 3600);
  }
}
