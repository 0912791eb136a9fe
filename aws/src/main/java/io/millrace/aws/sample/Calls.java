package io.millrace.aws.sample;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The calls of an ordinary day, with their parameters as CloudTrail shows them. */
final class Calls {
  private static final String MAIN = "eu-west-1";
  private static final String GLOBAL = "us-east-1";

  /** {@code N} in a template is filled with a small number, so that not all look alike. */
  record Call(
      String source,
      String name,
      boolean readOnly,
      String region,
      @Nullable String request,
      @Nullable String response) {
    Draft draft(Instant time, Account account, Random random) {
      Draft draft = new Draft(time, account, region, source, name).readOnly(readOnly);
      String number = Integer.toString(1 + random.nextInt(9));
      if (request != null) {
        draft.request(filled(request, account, number));
      }
      if (response != null) {
        draft.response(filled(response, account, number));
      }
      return draft;
    }

    private static String filled(String template, Account account, String number) {
      return template.replace("ACCOUNT", account.id()).replace("#N", number).replace("%", "%%");
    }
  }

  private Calls() {}

  private static Call read(String source, String name, @Nullable String request) {
    return new Call(source, name, true, MAIN, request, null);
  }

  private static Call readGlobal(String source, String name, @Nullable String request) {
    return new Call(source, name, true, GLOBAL, request, null);
  }

  private static Call write(
      String source, String name, @Nullable String request, @Nullable String response) {
    return new Call(source, name, false, MAIN, request, response);
  }

  static final List<Call> ROBOT =
      List.of(
          read(
              "ec2",
              "DescribeInstances",
              "{'instancesSet':{},'filterSet':{'items':[{'name':'tag:service','valueSet':{'items':[{'value':'orders-#N'}]}}]}}"),
          read("ec2", "DescribeVolumes", "{'volumeSet':{},'filterSet':{}}"),
          read("ec2", "DescribeNetworkInterfaces", "{'networkInterfaceIdSet':{},'filterSet':{}}"),
          read(
              "kms",
              "Decrypt",
              "{'encryptionContext':{'aws:lambda:FunctionArn':'arn:aws:lambda:eu-west-1:ACCOUNT:function:image-resize-#N'},'encryptionAlgorithm':'SYMMETRIC_DEFAULT'}"),
          read(
              "kms",
              "GenerateDataKey",
              "{'keyId':'arn:aws:kms:eu-west-1:ACCOUNT:key/0987dcba-09fe-87dc-65ba-ab0987654321','keySpec':'AES_256','encryptionContext':{'aws:s3:arn':'arn:aws:s3:::brightmill-orders-#N'}}"),
          read("secretsmanager", "GetSecretValue", "{'secretId':'orders/database-#N'}"),
          read("ssm", "GetParameter", "{'name':'/orders/feature-#N','withDecryption':true}"),
          read("monitoring", "DescribeAlarms", "{'maxRecords':100}"),
          read(
              "autoscaling",
              "DescribeAutoScalingGroups",
              "{'autoScalingGroupNames':['orders-#N'],'maxRecords':100}"),
          read(
              "elasticloadbalancing",
              "DescribeTargetHealth",
              "{'targetGroupArn':'arn:aws:elasticloadbalancing:eu-west-1:ACCOUNT:targetgroup/orders/#Na1b2c3d4e5f6071'}"),
          read(
              "ecs",
              "DescribeTasks",
              "{'cluster':'orders','tasks':['arn:aws:ecs:eu-west-1:ACCOUNT:task/orders/#N0a1b2c3d4e5f60718293a4b5c6d7e8f']}"),
          read(
              "tagging",
              "GetResources",
              "{'resourcesPerPage':100,'resourceTypeFilters':['ec2:instance']}"),
          read(
              "s3",
              "GetBucketLocation",
              "{'bucketName':'brightmill-orders-#N','Host':'brightmill-orders-#N.s3.eu-west-1.amazonaws.com','location':''}"),
          readGlobal("sts", "GetCallerIdentity", null),
          write(
              "logs",
              "CreateLogStream",
              "{'logGroupName':'/aws/lambda/image-resize-#N','logStreamName':'2026/11/[$LATEST]#N0a1b2c3d4e5f60718293a4b5c6d7e8f'}",
              null));

  static final List<Call> PEOPLE =
      List.of(
          read("ec2", "DescribeInstances", "{'instancesSet':{},'filterSet':{}}"),
          read(
              "ec2",
              "DescribeSecurityGroups",
              "{'securityGroupSet':{},'securityGroupIdSet':{},'filterSet':{}}"),
          read("ec2", "DescribeRegions", "{'regionSet':{}}"),
          read("ec2", "DescribeVpcs", "{'vpcSet':{},'filterSet':{}}"),
          read("logs", "DescribeLogGroups", "{'limit':50}"),
          read(
              "logs",
              "StartQuery",
              "{'logGroupNames':['/ecs/orders-#N'],'startTime':1767225600,'endTime':1767229200,'queryString':'fields @timestamp | limit 20'}"),
          read(
              "logs",
              "FilterLogEvents",
              "{'logGroupName':'/ecs/orders-#N','interleaved':true,'limit':100}"),
          read("monitoring", "GetMetricData", "{'metricDataQueries':[],'maxDatapoints':500}"),
          read("monitoring", "ListDashboards", null),
          read("lambda", "ListFunctions20150331", "{'maxItems':50}"),
          read("lambda", "GetFunction20150331v2", "{'functionName':'image-resize-#N'}"),
          read("ecs", "ListServices", "{'cluster':'orders','maxResults':100}"),
          read("rds", "DescribeDBInstances", "{'maxRecords':100}"),
          read("cloudformation", "DescribeStacks", "{'stackName':'orders-#N'}"),
          read("s3", "ListBuckets", "{'Host':'s3.eu-west-1.amazonaws.com'}"),
          read(
              "s3",
              "GetBucketVersioning",
              "{'bucketName':'brightmill-orders-#N','Host':'s3.eu-west-1.amazonaws.com','versioning':''}"),
          read("health", "DescribeEventAggregates", "{'aggregateField':'eventTypeCategory'}"),
          read("notifications", "ListNotificationHubs", null),
          readGlobal("iam", "ListRoles", "{'maxItems':100}"),
          readGlobal("iam", "GetAccountSummary", null),
          readGlobal(
              "ce",
              "GetCostAndUsage",
              "{'TimePeriod':{'Start':'2026-11-01','End':'2026-11-20'},'Granularity':'DAILY','Metrics':['UnblendedCost']}"),
          write(
              "ec2",
              "CreateTags",
              "{'resourcesSet':{'items':[{'resourceId':'i-0a1b2c3d4e5f6071#N'}]},'tagSet':{'items':[{'key':'owner','value':'platform'}]}}",
              "{'_return':true}"));

  static final List<Call> DEPLOYMENT =
      List.of(
          read("ecr", "GetAuthorizationToken", null),
          read(
              "ecr",
              "BatchCheckLayerAvailability",
              "{'registryId':'123456789012','repositoryName':'orders','layerDigests':['sha256:#N0000000000000000000000000000000000000000000000000000000000000000']}"),
          write(
              "ecr",
              "PutImage",
              "{'registryId':'123456789012','repositoryName':'orders','imageTag':'build-#N'}",
              null),
          write(
              "ecs",
              "RegisterTaskDefinition",
              "{'family':'orders','cpu':'512','memory':'1024','networkMode':'awsvpc','containerDefinitions':[{'name':'orders','image':'123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:build-#N','essential':true}]}",
              "{'taskDefinition':{'family':'orders','revision':4#N,'status':'ACTIVE'}}"),
          write(
              "ecs",
              "UpdateService",
              "{'cluster':'orders','service':'orders','taskDefinition':'orders:4#N','forceNewDeployment':true}",
              "{'service':{'serviceName':'orders','status':'ACTIVE','desiredCount':3}}"),
          write(
              "lambda",
              "UpdateFunctionCode20150331v2",
              "{'functionName':'image-resize-#N','imageUri':'123456789012.dkr.ecr.eu-west-1.amazonaws.com/image-resize:build-#N','publish':true,'dryRun':false}",
              "{'functionName':'image-resize-#N','version':'#N','state':'Active','packageType':'Image'}"),
          read("ecs", "DescribeServices", "{'cluster':'orders','services':['orders']}"));
}
