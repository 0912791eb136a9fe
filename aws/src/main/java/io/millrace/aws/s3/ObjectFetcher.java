package io.millrace.aws.s3;

import io.millrace.aws.access.AwsAccess;
import io.millrace.aws.sqs.ObjectRef;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Opens objects as streams of bounded size. Blocking; safe for use by many threads. */
public final class ObjectFetcher implements AutoCloseable {
  private final S3Client client;
  private final long objectBytesMax;

  private ObjectFetcher(S3Client client, long objectBytesMax) {
    this.client = client;
    this.objectBytesMax = objectBytesMax;
  }

  /**
   * @param objectBytesMax the largest object that is fetched; larger ones are errors
   */
  public static ObjectFetcher open(AwsAccess access, long objectBytesMax) {
    return new ObjectFetcher(access.s3(), objectBytesMax);
  }

  /** Opens an object; closing the stream early drops the connection instead of draining it. */
  public InputStream fetch(ObjectRef object) throws IOException {
    try {
      ResponseInputStream<GetObjectResponse> stream = client.getObject(request(object));
      Long length = stream.response().contentLength();
      if (length != null && length > objectBytesMax) {
        stream.abort();
        throw tooLarge(object);
      }
      return new BoundedObject(stream, object);
    } catch (S3Exception e) {
      throw new IOException(explained(object, e), e);
    } catch (SdkException e) {
      throw new IOException("Cannot fetch %s: %s".formatted(object, e.getMessage()), e);
    }
  }

  private static GetObjectRequest request(ObjectRef object) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(object.bucket()).key(object.key());
    if (object.versionId() != null) {
      request.versionId(object.versionId());
    }
    return request.build();
  }

  private static String explained(ObjectRef object, S3Exception e) {
    return switch (e.statusCode()) {
      case 404 -> "%s does not exist (any more)".formatted(object);
      case 403 ->
          "Access to %s is denied; the server needs s3:GetObject%s on it, and kms:Decrypt when it is encrypted with a key of KMS"
              .formatted(object, object.versionId() == null ? "" : " and s3:GetObjectVersion");
      default -> "Cannot fetch %s: %s".formatted(object, e.getMessage());
    };
  }

  private IOException tooLarge(ObjectRef object) {
    return new IOException(
        "%s is larger than %,d bytes, the most that is fetched (objectBytesMax)"
            .formatted(object, objectBytesMax));
  }

  @Override
  public void close() {
    client.close();
  }

  private final class BoundedObject extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> stream;
    private final ObjectRef object;
    private long bytes;
    private boolean ended;

    BoundedObject(ResponseInputStream<GetObjectResponse> stream, ObjectRef object) {
      super(stream);
      this.stream = stream;
      this.object = object;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? -1 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      count(count);
      return count;
    }

    private void count(int added) throws IOException {
      if (added < 0) {
        ended = true;
        return;
      }
      bytes += added;
      if (bytes > objectBytesMax) {
        throw tooLarge(object);
      }
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        super.close();
      } else {
        stream.abort();
      }
    }
  }
}
