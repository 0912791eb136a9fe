package io.millrace.effects.http;

import io.millrace.engine.command.Effect.Header;
import io.millrace.engine.command.EffectResult.HttpFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an exchange ended. */
public sealed interface HttpOutcome {
  /**
   * The other side answered, whatever its status.
   *
   * @param elapsedMicros from the start of the exchange to the last byte
   */
  // Bodies are handed over, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Answered(int status, List<Header> headers, byte[] body, long elapsedMicros)
      implements HttpOutcome {
    public Answered {
      headers = List.copyOf(headers);
    }

    /** The first header of this name, in any case, or null. */
    public @Nullable String header(String name) {
      for (Header header : headers) {
        if (header.name().equalsIgnoreCase(name)) {
          return header.value();
        }
      }
      return null;
    }

    /** Bodies and header values stay out of logs. */
    @Override
    public String toString() {
      return "Answered[" + status + ", " + body.length + " bytes]";
    }
  }

  /** No usable answer; the detail is fit for logs. */
  record Failed(HttpFailure failure, String detail) implements HttpOutcome {}
}
