package io.millrace.server.compatible;

import io.millrace.http.Exchange;
import io.millrace.server.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** The public settings of an installation, asked for before signing in. */
record SystemConf(String companyTitle) {

  byte[] json(Exchange exchange) {
    ObjectNode conf = Json.object();
    conf.put("result", "ok").put("box_solution", true);
    conf.putArray("type_logins").add("api").add("corezoid");
    conf.putArray("auth_providers");
    conf.set("web_settings", webSettings(Origins.host(exchange)));
    conf.put("auth_single_account", false);
    conf.put("first_day_of_week", "mon");
    conf.put("multitenancy", false);
    conf.putArray("components");
    conf.put("max_versions_per_projects", 10);
    conf.putObject("user_downloads").put("max_throughput", 100_000);
    conf.putArray("database_active_list");
    conf.put("companies_manager", "corezoid_internal");
    conf.put("billing_manager", "corezoid_internal");
    return Json.write(conf);
  }

  private ObjectNode webSettings(String host) {
    ObjectNode web = Json.object().put("env", "prod");
    ObjectNode hosts = web.putObject("host");
    for (String name : new String[] {"site", "doc", "ws", "webhook", "auth", "single_account"}) {
      hosts.put(name, host);
    }
    web.putObject("path")
        .put("api", "/api/2/json")
        .put("upload", "/api/2/upload")
        .put("download", "/api/2/download")
        .put("ws", "/api/1/sock_json")
        .put("webhook", "/api/2/")
        .put("compare", "/api/2/compare")
        .put("merge", "/api/2/merge");
    ObjectNode ui = web.putObject("ui");
    ui.put("company", true).put("search", true).put("send_invite", false).put("billing", false);
    ui.put("default_company", companyTitle).put("tab_name", "Millrace");
    ui.putArray("features");
    ui.putObject("api_call").put("send_sys", true).put("default_max_thread", 5);
    ui.put("save_archive_tasks", true);
    web.putObject("password_policy")
        .put("min_length", 10)
        .put("max_length", 200)
        .put("lowercase", false)
        .put("uppercase", false)
        .put("number", false)
        .put("special", false);
    return web;
  }
}
