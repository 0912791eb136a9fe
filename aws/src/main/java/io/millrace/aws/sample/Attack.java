package io.millrace.aws.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The story of the night: a guessed password without a second factor, a key for another user,
 * rights, an open door, rented machines, leaked data, and the alarm systems switched off one by
 * one.
 */
final class Attack {
  private static final Account VICTIM = Account.PRODUCTION;
  private static final String MAIN = "eu-west-1";
  private static final String GLOBAL = "us-east-1";

  /** From the ranges that are reserved for documentation. */
  private static final String ADDRESS = "203.0.113.77";

  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
  private static final String CLI =
      "aws-cli/2.22.1 md/awscrt#0.23.4 ua/2.0 os/linux#6.1 lang/python#3.12.6";
  private static final String GUESSED = "tomas.berg";
  private static final String PUPPET = "backup-operator";

  private final Instant midnight;
  private final Ids ids;
  private final List<SampleEvent> events = new ArrayList<>();
  private final List<HiddenEvent> hidden = new ArrayList<>();

  Attack(Instant midnight, Ids ids) {
    this.midnight = midnight;
    this.ids = ids;
  }

  List<SampleEvent> events() {
    return List.copyOf(events);
  }

  List<HiddenEvent> hidden() {
    return List.copyOf(hidden);
  }

  Attack told() {
    breakIn();
    lookAround();
    stay();
    rentMachines();
    leak();
    blind();
    rootAtLast();
    return this;
  }

  private void breakIn() {
    for (int i = 0; i < 2; i++) {
      ObjectNode nobody = Identities.signIn(VICTIM, "HIDDEN_DUE_TO_SECURITY_REASONS", false);
      step(
          "A sign-in with a user name that does not exist",
          signIn("01:41:%02d".formatted(10 + 20 * i), nobody, "Failure", "No")
              .failed(null, "No username found in supplied account"));
    }
    for (int i = 0; i < 7; i++) {
      step(
          "A wrong password for " + GUESSED + " from a foreign address",
          signIn(
                  "01:%02d:%02d".formatted(42 + i, 7 * i),
                  Identities.signIn(VICTIM, GUESSED, true),
                  "Failure",
                  "No")
              .failed(null, "Failed authentication"));
    }
    ObjectNode inside = Identities.signIn(VICTIM, GUESSED, true);
    inside.put("arn", "arn:aws:iam::%s:user/%s".formatted(VICTIM.id(), GUESSED));
    inside.remove("accessKeyId");
    step(
        "The password is right at last: " + GUESSED + " signs in without MFA",
        signIn("01:51:32", inside, "Success", "No"));
  }

  private Draft signIn(String time, ObjectNode who, String outcome, String mfa) {
    return new Draft(at(time), VICTIM, MAIN, "signin", "ConsoleLogin")
        .by(who, ADDRESS, BROWSER)
        .type("AwsConsoleSignIn")
        .response("{'ConsoleLogin':'%s'}", outcome)
        .additional(
            "{'LoginTo':'https://console.aws.amazon.com/console/home','MobileVersion':'No','MFAUsed':'%s'}",
            mfa);
  }

  private void lookAround() {
    events.add(asGuessed("01:54:10", GLOBAL, "iam", "ListUsers").readOnly(true).finished(ids));
    events.add(
        asGuessed("01:55:02", GLOBAL, "iam", "ListAccessKeys")
            .readOnly(true)
            .request("{'userName':'%s'}", PUPPET)
            .finished(ids));
    String[] denied = {"ListSecrets", "GetSecretValue", "ListSecrets", "GetSecretValue"};
    for (int i = 0; i < denied.length; i++) {
      step(
          "A call that " + GUESSED + " is not allowed to make",
          asGuessed("01:57:%02d".formatted(5 + 9 * i), MAIN, "secretsmanager", denied[i])
              .readOnly(true)
              .failed(
                  "AccessDenied",
                  "User: arn:aws:iam::%s:user/%s is not authorized to perform: secretsmanager:%s"
                      .formatted(VICTIM.id(), GUESSED, denied[i])));
    }
  }

  private void stay() {
    step(
        "A new access key for another user, " + PUPPET,
        asGuessed("02:03:21", GLOBAL, "iam", "CreateAccessKey")
            .request("{'userName':'%s'}", PUPPET)
            .response(
                "{'accessKey':{'userName':'%s','accessKeyId':'%s','status':'Active','createDate':'%s'}}",
                PUPPET, Ids.principal("AKIA", PUPPET), at("02:03:21")));
    step(
        "Administrator rights for " + PUPPET,
        asGuessed("02:06:48", GLOBAL, "iam", "AttachUserPolicy")
            .request(
                "{'userName':'%s','policyArn':'arn:aws:iam::aws:policy/AdministratorAccess'}",
                PUPPET));
    step(
        "Port 22 opened to the whole internet",
        asPuppet("02:11:05", MAIN, "ec2", "AuthorizeSecurityGroupIngress")
            .request(
                """
                {'groupId':'sg-0a1b2c3d4e5f60718','ipPermissions':{'items':[{'ipProtocol':'tcp',\
                'fromPort':22,'toPort':22,'groups':{},'ipRanges':{'items':[{'cidrIp':'0.0.0.0/0'}]},\
                'ipv6Ranges':{},'prefixListIds':{}}]}}\
                """)
            .response(
                """
                {'requestId':'%s','_return':true,'securityGroupRuleSet':{'items':[{\
                'groupOwnerId':'%s','groupId':'sg-0a1b2c3d4e5f60718','securityGroupRuleId':\
                'sgr-0f1e2d3c4b5a69788','isEgress':false,'ipProtocol':'tcp','fromPort':22,\
                'toPort':22,'cidrIpv4':'0.0.0.0/0'}]}}\
                """,
                ids.uuid(), VICTIM.id()));
  }

  private void rentMachines() {
    String request = "sir-a1b2c3d4";
    String one = "i-0aa11bb22cc33dd44";
    String two = "i-0ee55ff66aa77bb88";
    step(
        "Spot instances with graphics cards are requested",
        asPuppet("02:15:37", MAIN, "ec2", "RequestSpotInstances")
            .request(
                """
                {'instanceCount':2,'type':'one-time','spotPrice':'3.20','launchSpecification':{\
                'imageId':'ami-0123456789abcdef0','instanceType':'g5.12xlarge','monitoring':\
                {'enabled':false},'ebsOptimized':false,'securityGroupSet':{'items':[{'groupId':\
                'sg-0a1b2c3d4e5f60718'}]}}}\
                """)
            .response(
                """
                {'requestId':'%s','spotInstanceRequestSet':{'items':[{'spotInstanceRequestId':'%s',\
                'spotPrice':'3.200000','type':'one-time','state':'open','status':{'code':\
                'pending-evaluation'},'productDescription':'Linux/UNIX'}]}}\
                """,
                ids.uuid(), request));
    step(
        "Two spot instances start",
        asPuppet("02:17:02", MAIN, "ec2", "RunInstances")
            .request(
                """
                {'instancesSet':{'items':[{'imageId':'ami-0123456789abcdef0','minCount':2,\
                'maxCount':2}]},'instanceType':'g5.12xlarge','instanceMarketOptions':{'marketType':\
                'spot','spotOptions':{'spotInstanceType':'one-time'}},'blockDeviceMapping':{},\
                'monitoring':{'enabled':false},'disableApiTermination':false}\
                """)
            .response(
                """
                {'requestId':'%s','reservationId':'r-0a9b8c7d6e5f40312','ownerId':'%s',\
                'groupSet':{},'instancesSet':{'items':[%s,%s]}}\
                """,
                ids.uuid(), VICTIM.id(), spotInstance(one, request), spotInstance(two, request)));
    step(
        "AWS takes one of them back: a spot interruption",
        new Draft(at("02:41:19"), VICTIM, MAIN, "ec2", "BidEvictedEvent")
            .by(
                Identities.serviceEvent(VICTIM, "ec2.amazonaws.com"),
                "ec2.amazonaws.com",
                "ec2.amazonaws.com")
            .type("AwsServiceEvent")
            .details("{'instanceIdSet':['%s']}", one));
    step(
        "The other one is terminated",
        asPuppet("02:58:44", MAIN, "ec2", "TerminateInstances")
            .request("{'instancesSet':{'items':[{'instanceId':'%s'}]}}", two)
            .response(
                """
                {'requestId':'%s','instancesSet':{'items':[{'instanceId':'%s','currentState':\
                {'code':32,'name':'shutting-down'},'previousState':{'code':16,'name':'running'}}]}}\
                """,
                ids.uuid(), two));
  }

  private static String spotInstance(String id, String request) {
    return """
    {'instanceId':'%s','imageId':'ami-0123456789abcdef0','instanceType':'g5.12xlarge',\
    'instanceState':{'code':0,'name':'pending'},'instanceLifecycle':'spot',\
    'spotInstanceRequestId':'%s','placement':{'availabilityZone':'eu-west-1a',\
    'tenancy':'default'}}\
    """
        .formatted(id, request);
  }

  private void leak() {
    String bucket = "brightmill-customer-exports";
    step(
        "The public access block of the bucket with customer data is removed",
        asPuppet("03:04:26", MAIN, "s3", "DeleteBucketPublicAccessBlock")
            .request(
                "{'bucketName':'%s','Host':'s3.eu-west-1.amazonaws.com','publicAccessBlock':''}",
                bucket)
            .resources(bucketResource(bucket)));
    step(
        "Its policy lets everyone read it",
        asPuppet("03:05:51", MAIN, "s3", "PutBucketPolicy")
            .request(
                """
                {'bucketName':'%s','Host':'s3.eu-west-1.amazonaws.com','policy':'','bucketPolicy':\
                {'Version':'2012-10-17','Statement':[{'Sid':'Public','Effect':'Allow','Principal':\
                '*','Action':'s3:GetObject','Resource':'arn:aws:s3:::%s/*'}]}}\
                """,
                bucket, bucket)
            .additional(
                "{'SignatureVersion':'SigV4','AuthenticationMethod':'AuthHeader','bytesTransferredIn':212,'bytesTransferredOut':0}")
            .resources(bucketResource(bucket)));
  }

  private static String bucketResource(String bucket) {
    return "[{'accountId':'%s','type':'AWS::S3::Bucket','ARN':'arn:aws:s3:::%s'}]"
        .formatted(VICTIM.id(), bucket);
  }

  private void blind() {
    step(
        "Threat detection is switched off: the GuardDuty detector is deleted",
        asPuppet("03:12:09", MAIN, "guardduty", "DeleteDetector")
            .request("{'detectorId':'12abc34d567e8fa901bc2d34e56789f0'}"));
    step(
        "The configuration recorder is stopped",
        asPuppet("03:14:30", MAIN, "config", "StopConfigurationRecorder")
            .request("{'configurationRecorderName':'default'}"));
    String key = "1234abcd-12ab-34cd-56ef-1234567890ab";
    String arn = "arn:aws:kms:eu-west-1:%s:key/%s".formatted(VICTIM.id(), key);
    step(
        "The key that encrypts the backups is to be deleted in a week",
        asPuppet("03:21:17", MAIN, "kms", "ScheduleKeyDeletion")
            .request("{'keyId':'%s','pendingWindowInDays':7}", key)
            .response(
                "{'keyId':'%s','deletionDate':'%s','keyState':'PendingDeletion','pendingWindowInDays':7}",
                arn, at("03:21:17").plus(Duration.ofDays(7)))
            .resources("[{'accountId':'%s','type':'AWS::KMS::Key','ARN':'%s'}]", VICTIM.id(), arn));
    step(
        "The account's own trail is stopped (the organization's trail goes on)",
        asPuppet("03:28:55", MAIN, "cloudtrail", "StopLogging")
            .request(
                "{'name':'arn:aws:cloudtrail:eu-west-1:%s:trail/production-audit'}", VICTIM.id()));
  }

  private void rootAtLast() {
    step(
        "The root user signs in from the same address",
        new Draft(at("03:44:03"), VICTIM, GLOBAL, "signin", "ConsoleLogin")
            .by(Identities.root(VICTIM), ADDRESS, BROWSER)
            .type("AwsConsoleSignIn")
            .response("{'ConsoleLogin':'Success'}")
            .additional(
                "{'LoginTo':'https://console.aws.amazon.com/console/home','MobileVersion':'No','MFAUsed':'No'}"));
  }

  private Draft asGuessed(String time, String region, String source, String name) {
    return new Draft(at(time), VICTIM, region, source, name)
        .by(Identities.consoleUser(VICTIM, GUESSED, at("01:51:32"), false), ADDRESS, BROWSER)
        .console();
  }

  private Draft asPuppet(String time, String region, String source, String name) {
    return new Draft(at(time), VICTIM, region, source, name)
        .by(Identities.user(VICTIM, PUPPET, Ids.principal("AKIA", PUPPET)), ADDRESS, CLI);
  }

  private void step(String what, Draft draft) {
    SampleEvent event = draft.finished(ids);
    events.add(event);
    hidden.add(
        new HiddenEvent(
            event.time(),
            event.accountId(),
            event.record().path("eventName").stringValue(),
            event.eventId(),
            what));
  }

  private Instant at(String time) {
    String[] parts = time.split(":", 3);
    return midnight
        .plus(Duration.ofHours(Long.parseLong(parts[0])))
        .plus(Duration.ofMinutes(Long.parseLong(parts[1])))
        .plus(Duration.ofSeconds(Long.parseLong(parts[2])));
  }
}
