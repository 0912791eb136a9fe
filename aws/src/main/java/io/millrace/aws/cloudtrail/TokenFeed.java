package io.millrace.aws.cloudtrail;

import static io.millrace.aws.cloudtrail.TrailFileException.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records as values of a token stream: {@code {"Records":[…]}}, a bare array, a single record, or
 * several of these one after the other. Holds one record at a time.
 */
final class TokenFeed implements RecordFeed {
  private final JsonParser parser;
  private final TreeBuilder builder;
  private final Problems problems;
  private final String name;

  private enum Place {
    BETWEEN_VALUES,
    IN_ARRAY,
    IN_WRAPPER
  }

  private Place place = Place.BETWEEN_VALUES;

  TokenFeed(InputStream in, TreeBuilder builder, Problems problems, String name) {
    this.parser = builder.parser(in);
    this.builder = builder;
    this.problems = problems;
    this.name = name;
  }

  @Override
  public @Nullable ObjectNode next() throws IOException {
    try {
      return advance();
    } catch (JacksonException e) {
      throw explained(e);
    }
  }

  private @Nullable ObjectNode advance() throws TrailFileException {
    while (true) {
      JsonToken token = parser.nextToken();
      switch (place) {
        case BETWEEN_VALUES -> {
          if (token == null) {
            return null;
          }
          ObjectNode single = outermost(token);
          if (single != null) {
            return single;
          }
        }
        case IN_ARRAY, IN_WRAPPER -> {
          if (token == null) {
            throw truncated(null);
          }
          if (token == JsonToken.END_ARRAY) {
            leaveArray();
          } else {
            ObjectNode element = element(token);
            if (element != null) {
              return element;
            }
          }
        }
      }
    }
  }

  /** Begins an outermost value; answers it when it is a record by itself. */
  private @Nullable ObjectNode outermost(JsonToken token) throws TrailFileException {
    switch (token) {
      case START_ARRAY -> place = Place.IN_ARRAY;
      case START_OBJECT -> {
        return wrapperOrRecord();
      }
      default -> problems.add(problems.nextIndex(), "not an object, but " + shown(token));
    }
    return null;
  }

  /**
   * An object is a wrapper as soon as a member {@code Records} opens an array; what stood before it
   * is dropped. A digest is told by its first member of that kind.
   */
  private @Nullable ObjectNode wrapperOrRecord() throws TrailFileException {
    builder.begin();
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY && member.equals("Records")) {
        place = Place.IN_WRAPPER;
        return null;
      }
      if (member.equals("digestStartTime")) {
        throw new TrailFileException(
            Reason.DIGEST,
            "File '%s' is a digest of integrity validation, not a log".formatted(name));
      }
      builder.member(parser, record, member);
    }
    return kept(record);
  }

  private @Nullable ObjectNode element(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      problems.add(problems.nextIndex(), "not an object, but " + shown(token) + at());
      parser.skipChildren();
      return null;
    }
    return kept(builder.object(parser));
  }

  private @Nullable ObjectNode kept(@Nullable ObjectNode record) {
    long index = problems.nextIndex();
    if (record == null || !builder.problem().isEmpty()) {
      problems.add(index, builder.problem() + at());
      return null;
    }
    return record;
  }

  private void leaveArray() throws TrailFileException {
    if (place == Place.IN_WRAPPER) {
      while (true) {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw truncated(null);
        }
        if (token == JsonToken.END_OBJECT) {
          break;
        }
        parser.skipChildren();
      }
    }
    place = Place.BETWEEN_VALUES;
  }

  private IOException explained(JacksonException e) {
    return switch (e) {
      case JacksonIOException io ->
          Objects.requireNonNullElseGet(io.getCause(), () -> new IOException(io));
      case UnexpectedEndOfInputException end -> truncated(end);
      case StreamConstraintsException limit ->
          new TrailFileException(
              Reason.TOO_LARGE,
              "File '%s' cannot be read past record %d%s: %s"
                  .formatted(name, problems.indexNow(), at(), limit.getOriginalMessage()),
              limit);
      default ->
          new TrailFileException(
              Reason.DAMAGED,
              "File '%s' is not JSON at record %d%s: %s"
                  .formatted(name, problems.indexNow(), at(), e.getOriginalMessage()),
              e);
    };
  }

  private TrailFileException truncated(@Nullable Throwable cause) {
    String message =
        "File '%s' ends in the middle of record %d%s; fetch or copy it again"
            .formatted(name, problems.indexNow(), at());
    return cause == null
        ? new TrailFileException(Reason.TRUNCATED, message)
        : new TrailFileException(Reason.TRUNCATED, message, cause);
  }

  private String at() {
    TokenStreamLocation location = parser.currentLocation();
    return " (line %d, column %d, byte %d)"
        .formatted(location.getLineNr(), location.getColumnNr(), location.getByteOffset());
  }

  private static String shown(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case START_OBJECT,
          END_OBJECT,
          END_ARRAY,
          PROPERTY_NAME,
          VALUE_EMBEDDED_OBJECT,
          NOT_AVAILABLE ->
          token.name();
    };
  }
}
