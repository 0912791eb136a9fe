package io.millrace.aws.access;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * How one account is reached. The clients are the SDK's blocking ones over the JDK's URL
 * connection: they run on virtual threads, and an interrupt ends a call at once.
 *
 * @param region region of the queue and the bucket
 * @param credentials who asks
 * @param sqsEndpoint another place for the queue service, or null for AWS
 * @param s3Endpoint another place for the object store (asked with the bucket in the path), or null
 */
public record AwsAccess(
    String region,
    AwsCredentialsProvider credentials,
    @Nullable URI sqsEndpoint,
    @Nullable URI s3Endpoint) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Longer than a long poll, so that only a dead connection runs into it. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  /** AWS itself, with the SDK's default chain of credentials, or a named profile of it. */
  public static AwsAccess ofDefaults(String region, @Nullable String profile) {
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    if (profile != null) {
      chain.profileName(profile);
    }
    return new AwsAccess(region, chain.build(), null, null);
  }

  /** A server on this machine, which believes any credentials. */
  public static AwsAccess ofLocal(URI sqsEndpoint, URI s3Endpoint) {
    return new AwsAccess(
        "us-east-1",
        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")),
        sqsEndpoint,
        s3Endpoint);
  }

  public SqsClient sqs() {
    return configured(SqsClient.builder(), sqsEndpoint).build();
  }

  public S3Client s3() {
    return configured(S3Client.builder().forcePathStyle(s3Endpoint != null), s3Endpoint).build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, @Nullable URI endpoint) {
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT));
  }

  /** Never the credentials. */
  @Override
  public String toString() {
    return "AwsAccess[region=%s, sqsEndpoint=%s, s3Endpoint=%s]"
        .formatted(region, sqsEndpoint, s3Endpoint);
  }
}
