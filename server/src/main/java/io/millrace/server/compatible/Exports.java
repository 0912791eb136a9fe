package io.millrace.server.compatible;

import io.millrace.workspace.Workspace;
import io.millrace.workspace.exchange.ExportFile;
import io.millrace.workspace.exchange.ExportFormat;
import tools.jackson.databind.node.ObjectNode;

/** Exports of schemes: made, put down as a file, answered as a link. */
final class Exports {
  private final Workspace workspace;
  private final DownloadFiles files;

  Exports(Workspace workspace, DownloadFiles files) {
    this.workspace = workspace;
    this.files = files;
  }

  ObjectNode export(Op op) {
    long object = SchemeOps.object(op);
    ExportFormat format =
        switch (op.text("format").orElse("zip")) {
          case "zip" -> ExportFormat.ZIP;
          case "json" -> ExportFormat.JSON;
          default -> throw OpException.value("format", op.get("format"));
        };
    ExportFile file = workspace.exchange().export(op.user(), object, format);
    String name = files.put(file.name(), file.content());
    return op.ok()
        .put("obj", "obj_scheme")
        .put("download_url", op.origin() + DownloadFiles.PATH + name)
        .put("statistics_id", name);
  }
}
