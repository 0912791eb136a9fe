package io.millrace.server;

import io.millrace.http.HttpSettings;
import io.millrace.server.compatible.Limits;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How the doors are opened.
 *
 * @param http the listener and its limits
 * @param limits limits of the compatible API
 * @param downloads folder of exported files, kept for a day
 * @param companyId the id of the one company, told to clients
 * @param companyTitle its name
 * @param clock the time
 */
public record ServerSettings(
    HttpSettings http,
    Limits limits,
    Path downloads,
    String companyId,
    String companyTitle,
    InstantSource clock) {

  /** The defaults, with exports below the installation's home. */
  public static ServerSettings of(HttpSettings http, Path home) {
    return new ServerSettings(
        http,
        Limits.DEFAULT,
        home.resolve("downloads"),
        "i000000001",
        "Millrace",
        InstantSource.system());
  }
}
