package io.millrace.app.command;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which running server a command talks to. The key comes from the environment, never from an
 * option, which other users of the machine could read.
 */
final class ServerAccess {
  private static final String DEFAULT_URL = "http://127.0.0.1:8787";

  @Option(
      names = "--url",
      paramLabel = "<url>",
      description = "The server. Default: MILLRACE_URL, or http://127.0.0.1:8787")
  @Nullable String url;

  boolean named() {
    return url != null;
  }

  /** A client for the server, with the key of the environment. */
  ApiClient client(Map<String, String> environment) {
    String login = environment.getOrDefault("MILLRACE_API_LOGIN", "");
    String secret = environment.getOrDefault("MILLRACE_API_SECRET", "");
    if (login.isEmpty() || secret.isEmpty()) {
      throw new CommandException(
          """
          No API key: MILLRACE_API_LOGIN and MILLRACE_API_SECRET are not both set.
          Create a key in the console (or start the server for the first time with both set) and run
            MILLRACE_API_LOGIN=<number> MILLRACE_API_SECRET=<secret> millrace ...\
          """);
    }
    return new ApiClient(address(environment), login, secret);
  }

  private URI address(Map<String, String> environment) {
    String text = url != null ? url : environment.getOrDefault("MILLRACE_URL", DEFAULT_URL);
    if (!text.matches("https?://[^/\\s?#]+/*")) {
      throw new CommandException(
          "--url " + text + ": expected an address such as " + DEFAULT_URL + ", without a path.");
    }
    return URI.create(text.replaceAll("/+$", ""));
  }
}
