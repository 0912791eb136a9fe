package io.millrace.app.command;

import io.millrace.workspace.Workspace;
import io.millrace.workspace.exchange.ImportResult;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.version.ProcessInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The CloudTrail monitoring pack, as it comes with the product. */
final class Solution {
  private static final String RESOURCE = "/solutions/cloudtrail/cloudtrail-monitoring.json";

  /** What the title of the process that takes the records contains. */
  private static final String ROUTER = "router";

  private static final long ROOT_FOLDER = 0;

  private final byte[] export;

  private Solution(byte[] export) {
    this.export = export;
  }

  static Solution load() throws IOException {
    try (InputStream stream = Solution.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new CommandException(
            "This build has no solution pack: " + RESOURCE.substring(1) + " is missing.");
      }
      return new Solution(stream.readAllBytes());
    }
  }

  /** Imports the pack unless it is there already; answers the number of its router. */
  long installIn(Workspace workspace, PrintWriter out) {
    long admin = administrator(workspace);
    Optional<ProcessInfo> before = router(workspace, admin);
    if (before.isPresent()) {
      out.printf("Using '%s' as it is%n", before.get().title());
      return before.get().id();
    }
    ImportResult result = workspace.exchange().importFile(admin, export, ROOT_FOLDER);
    long processes =
        result.created().stream().filter(made -> made.kind() == ObjectKind.PROCESS).count();
    out.printf("Imported CloudTrail monitoring: %d processes%n", processes);
    if (!result.errors().isEmpty()) {
      throw new CommandException("The solution pack does not deploy: " + result.errors());
    }
    return router(workspace, admin)
        .map(ProcessInfo::id)
        .orElseThrow(() -> new CommandException("The solution pack has no process titled router."));
  }

  /** The user on whose behalf the demo acts. */
  static long administrator(Workspace workspace) {
    return workspace
        .users()
        .findByLogin("admin")
        .orElseThrow(() -> new CommandException("There is no user admin in this data folder."))
        .id();
  }

  private static Optional<ProcessInfo> router(Workspace workspace, long admin) {
    List<ProcessInfo> found = workspace.processes().search(admin, ROUTER, null, 100);
    return found.stream()
        .filter(process -> process.title().toLowerCase(Locale.ROOT).contains(ROUTER))
        .findFirst();
  }
}
