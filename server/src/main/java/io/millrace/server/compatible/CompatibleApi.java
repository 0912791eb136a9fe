package io.millrace.server.compatible;

import io.millrace.http.Exchange;
import io.millrace.http.HttpSettings;
import io.millrace.http.Identity;
import io.millrace.runtime.host.Host;
import io.millrace.server.directory.TaskUsers;
import io.millrace.server.session.Callers;
import io.millrace.server.session.DirectUrlAccess;
import io.millrace.server.session.Sessions;
import io.millrace.server.wire.Format;
import io.millrace.workspace.Workspace;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The compatible API, joined: every group of operations and every route. */
public final class CompatibleApi {
  private final CompatibleRoutes routes;
  private final OpsDoor ops;

  /**
   * @param downloads folder of exported files
   * @param companyId the id of the one company, told to clients
   * @param companyTitle its name
   */
  public CompatibleApi(
      HttpSettings http,
      Limits limits,
      Path downloads,
      String companyId,
      String companyTitle,
      Host host,
      Workspace workspace,
      TaskUsers taskUsers,
      Callers callers,
      Sessions sessions,
      DirectUrlAccess directUrls,
      InstantSource clock) {
    Views views = new Views(workspace, companyId);
    DownloadFiles files = new DownloadFiles(downloads, clock);
    Jobs jobs = new Jobs(clock);
    Exports exports = new Exports(workspace, files);
    SchemeOps schemes = new SchemeOps(workspace, exports, jobs);
    TaskCommands commands = new TaskCommands(host, taskUsers, limits.referenceCharsMax());

    Operations all = new Operations();
    new TaskReads(workspace, host, views, limits.pageTasksMax()).addTo(all);
    new ConvOps(workspace, host, views).addTo(all);
    new ConvSettingsOps(workspace, directUrls).addTo(all);
    new NodeOps(workspace, host).addTo(all);
    new CommitOps(workspace).addTo(all);
    new FolderOps(workspace, views).addTo(all);
    new ObjectOps(workspace).addTo(all);
    new UserOps(workspace, views).addTo(all);
    new GroupOps(workspace, views).addTo(all);
    new StatOps(workspace, host).addTo(all);
    new CompanyOps(workspace, views, companyTitle, limits.timerMinimumSeconds()).addTo(all);
    schemes.addTo(all);

    ops = new OpsDoor(new OpsRunner(commands, all), limits);
    routes =
        new CompatibleRoutes(
            http,
            new ApiAccess(callers, sessions),
            ops,
            new OpsDoor(new OpsRunner(commands, schemes.uploads()), limits),
            new OpsDoor(new OpsRunner(commands, schemes.downloads()), limits),
            files,
            jobs,
            new SystemConf(companyTitle));
  }

  public void mount(Router router) {
    routes.mount(router);
  }

  /** Carries out task operations on one process in the name of its owner, for direct URLs. */
  public void runFor(
      Exchange exchange,
      Format format,
      int version,
      long process,
      long ownerId,
      List<JsonNode> tasks,
      boolean single) {
    Identity owner = new Identity(ownerId, "", false, false);
    OpsRunner.Request request =
        new OpsRunner.Request(owner, version, Origins.of(exchange), process);
    ops.run(exchange, format, request, tasks, single);
  }
}
