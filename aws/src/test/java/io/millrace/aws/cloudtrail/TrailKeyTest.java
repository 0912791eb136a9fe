package io.millrace.aws.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrailKeyTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "AWSLogs/111122223333/CloudTrail/eu-west-1/2024/03/05/a.json.gz, LOG, , 111122223333, eu-west-1",
    "my/prefix/AWSLogs/111122223333/CloudTrail/us-gov-west-1/2024/03/05/a.json.gz, LOG, , 111122223333, us-gov-west-1",
    "AWSLogs/o-abcde12345/111122223333/CloudTrail/eu-west-1/2024/03/05/a.json.gz, LOG, o-abcde12345, 111122223333, eu-west-1",
    "AWSLogs/111122223333/CloudTrail-Insight/us-east-1/2024/03/05/a.json.gz, INSIGHT, , 111122223333, us-east-1",
    "AWSLogs/111122223333/CloudTrail-NetworkActivity/us-east-1/2024/03/05/a.json.gz, NETWORK_ACTIVITY, , 111122223333, us-east-1",
    "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2024/03/05/a.json.gz, DIGEST, , 111122223333, us-east-1",
    "AWSLogs/111122223333/CloudTrail/, PLACEHOLDER, , ,",
    "AWSLogs/111122223333/Config/us-east-1/2024/3/5/a.json.gz, FOREIGN, , 111122223333, us-east-1",
    "AWSLogs/111122223333/elasticloadbalancing/us-east-1/2024/03/05/a.log.gz, FOREIGN, , 111122223333, us-east-1",
    "AWSLogs/111122223333/CloudTrail/us-east-1/readme.txt, FOREIGN, , 111122223333, us-east-1",
    "incident-7.json, UNNAMED, , ,",
    "exports/INCIDENT.JSONL.GZ, UNNAMED, , ,",
    "AWSLogs/1/a+b=ü(1).json.gz, UNNAMED, , ,",
    "photo.png, FOREIGN, , ,",
  })
  void aKeySaysWhatItsObjectIs(
      String key, KeyKind kind, String organization, String account, String region) {
    assertThat(TrailKey.of(key)).isEqualTo(new TrailKey(kind, organization, account, region));
  }
}
