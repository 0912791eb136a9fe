package io.millrace.aws.cloudtrail;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Hands out the JSON objects of one text form, in order. */
sealed interface RecordFeed permits TokenFeed, LineFeed {

  /** The next object, or null at the end; what it skips it reports to its {@link Problems}. */
  @Nullable ObjectNode next() throws IOException;
}
