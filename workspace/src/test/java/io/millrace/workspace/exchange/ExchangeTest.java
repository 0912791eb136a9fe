package io.millrace.workspace.exchange;

import static io.millrace.workspace.store.WorkspaceException.Code.ACCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.WorkspaceTest;
import io.millrace.workspace.folder.FolderItem;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.WorkspaceException.Problem;
import io.millrace.workspace.version.Node;
import io.millrace.workspace.version.ProcessEdit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class ExchangeTest extends WorkspaceTest {

  @Test
  void aFolderOf2016IsImportedWithNewIdsAndItsReferencesFollow() {
    Map<Long, Long> ids = importOrders();
    long router = ids.get(500L);
    long checks = ids.get(501L);
    long orders = ids.get(502L);
    assertThat(workspace.processes().show(ann, router).folderId()).isEqualTo(ids.get(90L));
    JsonNode logics = logicsOf(router, "Copy");
    assertThat(logics.get(0).path("to_node_id").asString()).isEqualTo(nodeId(router, "Final"));
    assertThat(logics.get(1).path("conv_id").asLong()).isEqualTo(checks);
    assertThat(logics.get(1).path("conv_id").isNumber()).isTrue();
    assertThat(logics.get(1).path("user_id").asLong()).isEqualTo(ann);
    assertThat(logics.get(1).path("convTitle").asString()).isEqualTo("02 - Checks");
    assertThat(logics.get(2).path("conv_id").asString()).isEqualTo(Long.toString(orders));
    assertThat(logics.get(2).path("conv_id").isString()).isTrue();
    assertThat(logics.get(3).path("conv_id").asLong()).as("not in the file").isEqualTo(77777);
    assertThat(logics.get(4).path("node_id").asString()).isEqualTo(nodeId(checks, "Text"));
    String hash = workspace.processes().show(ann, orders).hash();
    assertThat(logics.get(5).path("url").asString())
        .isEqualTo("https://engine.example.org/api/2/json/public/" + orders + "/" + hash);
    assertThat(logics.get(6).path("src").asString())
        .isEqualTo(
            "data.x = '{{conv[%d].ref[a].b}} {{conv[%d].node[%s].count}}';"
                .formatted(router, checks, nodeId(checks, "Final")));
    assertThat(logics.get(7).toString())
        .as("unknown logics are kept digit by digit")
        .isEqualTo("{\"type\":\"logic_of_tomorrow\",\"anything\":[1.50,{\"deep\":null}]}");
  }

  @Test
  void theQuirksOf2016Load() {
    Map<Long, Long> ids = importOrders();
    var checks = workspace.processes().show(ann, ids.get(501L));
    assertThat(checks.status()).isEqualTo(ProcessStatus.ACTIVE);
    assertThat(checks.params()).isEmpty();
    assertThat(checks.refMask()).isTrue();
    Node text = node(ids.get(501L), "Text");
    assertThat(text.extra()).isEqualTo("{\"modeForm\":\"expand\",\"icon\":\"\"}");
    assertThat(text.semaphores()).hasSize(2);
    assertThat(text.json().path("condition").has("semaphores")).isFalse();
    assertThat(text.semaphores().get(1).path("esc_node_id").asString())
        .isEqualTo(nodeId(ids.get(501L), "Escalation"));
    assertThat(text.logics().get(0).path("chTime").asLong()).isEqualTo(1475000000000L);
    assertThat(text.logics().get(0).path("extra").path("Message").asString())
        .isEqualTo(
            "\"Order\" {{conv[%d].ref[{{id}}].status}} in {{node[%s].count}}"
                .formatted(ids.get(502L), nodeId(ids.get(501L), "Final")));
    assertThat(node(ids.get(501L), "Escalation").json().path("own_key").path("kept").asBoolean())
        .isTrue();
    assertThat(
            workspace
                .processes()
                .show(ann, ids.get(500L))
                .params()
                .get(0)
                .path("regex_error_text")
                .asString("missing"))
        .isEmpty();
    assertThat(workspace.processes().show(ann, ids.get(502L)).stateDiagram()).isTrue();
    assertThat(told.last(ids.get(502L)).stateDiagram()).isTrue();
  }

  @Test
  void importingTwiceMakesTwoCopies() {
    Map<Long, Long> first = importOrders();
    Map<Long, Long> second = importOrders();
    assertThat(first.values()).doesNotContainAnyElementsOf(second.values());
    assertThat(nodeId(first.get(500L), "Start"))
        .isNotEqualTo(nodeId(second.get(500L), "Start"))
        .isNotEqualTo(nodeId(first.get(501L), "Start"));
  }

  @Test
  void anExportImportsAndExportsAgainToTheSame() {
    long folder = importOrders().get(90L);
    for (ExportFormat format : ExportFormat.values()) {
      ExportFile file = workspace.exchange().export(ann, folder, format);
      ImportResult again = workspace.exchange().importFile(ann, file.content(), 0);
      long copy = again.created().getFirst().id();
      assertThat(withoutIds(workspace.exchange().scheme(ann, copy), again))
          .as(format.name())
          .isEqualTo(
              JSON.readTree(JSON.writeValueAsString(workspace.exchange().scheme(ann, folder))));
    }
  }

  @Test
  void anExportHasTheKeysOfTheFormatInTheirOrder() {
    Map<Long, Long> ids = importOrders();
    ExportFile file = workspace.exchange().export(ann, ids.get(502L), ExportFormat.JSON);
    assertThat(file.name()).isEqualTo("conv_" + ids.get(502L) + "_1700000000.json");
    JsonNode json = JSON.readTree(file.content());
    assertThat(json.propertyNames())
        .containsExactly(
            "obj_type",
            "obj_id",
            "parent_id",
            "title",
            "description",
            "status",
            "params",
            "ref_mask",
            "conv_type",
            "scheme",
            "uuid",
            "vendor_key");
    assertThat(json.path("uuid").asString()).isEqualTo("ef790e06-0000-4000-8000-000000000502");
    assertThat(json.path("status").asString()).isEqualTo("active");
    assertThat(json.path("scheme").propertyNames()).containsExactly("nodes", "web_settings");
    assertThat(json.path("scheme").path("nodes").get(0).propertyNames())
        .containsExactly(
            "id", "obj_type", "condition", "title", "description", "x", "y", "extra", "options");
    JsonNode folder = workspace.exchange().scheme(ann, ids.get(90L)).get(0);
    assertThat(folder.propertyNames())
        .containsExactly(
            "obj_type", "obj_id", "parent_id", "title", "description", "uuid", "company_id");
  }

  @Test
  void aZipHasOneDirectoryPerFolderAndOneFilePerObject() throws Exception {
    Map<Long, Long> ids = importOrders();
    long folder = ids.get(90L);
    ExportFile file = workspace.exchange().export(ann, folder, ExportFormat.ZIP);
    List<String> names = new ArrayList<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(file.content()))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        names.add(e.getName());
      }
    }
    String top = file.name() + "/" + folder + "_Orders of 2016.folder/";
    assertThat(names)
        .containsExactlyInAnyOrder(
            top + folder + "_Orders of 2016.folder.json",
            top + ids.get(500L) + "_01 - Router.conv.json",
            top + ids.get(501L) + "_02 - Checks.conv.json",
            top + ids.get(502L) + "_Orders.conv.json");
  }

  @Test
  void aProcessThatDoesNotDeployIsPausedWithItsGraphAsADraftAndSoIsItsCaller() {
    check =
        draft -> {
          List<Problem> problems = new ArrayList<>();
          for (JsonNode node : draft.scheme().path("nodes")) {
            String id = node.path("id").asString();
            if (draft.title().equals("02 - Checks")
                && node.path("title").asString().equals("Text")) {
              problems.add(new Problem(true, id, "extra", "Wrong params in extra or extraType"));
            }
            for (JsonNode logic : node.path("condition").path("logics")) {
              long target = logic.path("conv_id").asLong(0);
              boolean active =
                  draft.lookup().find(target).stream()
                      .anyMatch(t -> t.info().status() == ProcessStatus.ACTIVE && t.accessible());
              if (target > 0 && target != 77777 && !active) {
                problems.add(new Problem(true, id, "conv_id", "Only active process can be used"));
              }
            }
          }
          return problems;
        };
    ImportResult result = workspace.exchange().importFile(ann, orders(), 0);
    Map<Long, Long> ids = ids(result);
    assertThat(workspace.processes().show(ann, ids.get(501L)).status())
        .isEqualTo(ProcessStatus.PAUSED);
    assertThat(workspace.processes().show(ann, ids.get(500L)).status())
        .isEqualTo(ProcessStatus.PAUSED);
    assertThat(workspace.processes().show(ann, ids.get(502L)).status())
        .isEqualTo(ProcessStatus.ACTIVE);
    ImportResult.FolderErrors folder = result.errors().getFirst();
    assertThat(folder.title()).isEqualTo("Orders of 2016");
    assertThat(folder.count()).isEqualTo(3);
    assertThat(folder.processes())
        .extracting(ImportResult.ProcessErrors::title)
        .containsExactly("02 - Checks", "01 - Router");
    assertThat(folder.processes().getLast().nodes().getFirst().problems())
        .extracting(Problem::text)
        .containsOnly("Only active process can be used");
    assertThat(told.last(ids.get(501L)).scheme().path("nodes")).isEmpty();
    assertThat(workspace.drafts().graph(ann, ids.get(501L)).nodes()).hasSize(4);
    assertThat(workspace.drafts().graph(ann, ids.get(501L)).draftVersion()).isEqualTo(NOW / 1000);
    assertThat(refusal(() -> workspace.exchange().requireNoDrafts(ann, ids.get(90L))).description())
        .isEqualTo("The process with ID " + ids.get(501L) + " has an uncommitted version");
    ProcessEdit activate = new ProcessEdit(null, null, ProcessStatus.ACTIVE, null);
    assertThat(
            refusal(() -> workspace.processes().modify(ann, ids.get(501L), activate)).description())
        .isEqualTo("The process with ID " + ids.get(501L) + " has an uncommitted version");
    check = draft -> List.of();
    workspace.drafts().confirm(ann, ids.get(501L), NOW / 1000, "");
    workspace.processes().modify(ann, ids.get(501L), activate);
    assertThat(told.last(ids.get(501L)).scheme().path("nodes")).hasSize(4);
    assertThat(told.last(ids.get(501L)).status()).isEqualTo(ProcessStatus.ACTIVE);
  }

  @Test
  void validatingStoresNothing() {
    int before = workspace.directory().allProcesses().size();
    check = draft -> List.of(new Problem(true, null, "nodes", "no final node"));
    ImportResult result = workspace.exchange().validate(ann, orders(), 0);
    assertThat(result.created()).hasSize(4);
    assertThat(result.errors().getFirst().count()).isEqualTo(3);
    assertThat(workspace.directory().allProcesses()).hasSize(before);
    assertThat(workspace.folders().branch(admin, 0)).isEmpty();
    assertThat(told.changed).isEmpty();
  }

  @Test
  void theRootOfTheFileCanBeLeftOut() {
    long target = folder(ann, 0, "target");
    ImportResult result = workspace.exchange().importFile(ann, orders(), target, true);
    assertThat(result.created())
        .extracting(ImportResult.Created::kind)
        .containsOnly(ObjectKind.PROCESS);
    assertThat(workspace.folders().branch(ann, target))
        .extracting(FolderItem::parentId)
        .containsOnly(target);
  }

  @Test
  void oneObjectIsEnough() {
    byte[] one =
        bytes(
            "{'obj_type':'1','obj_id':null,'title':'one','status':'paused','params':[],"
                + "'conv_type':'process','scheme':{'nodes':[]}}");
    ImportResult result = workspace.exchange().importFile(ann, one, 0);
    ImportResult.Created created = result.created().getFirst();
    assertThat(created.hash()).matches("[0-9a-f]{40}");
    assertThat(created.oldId()).isNull();
    assertThat(workspace.processes().show(ann, created.id()).status())
        .isEqualTo(ProcessStatus.PAUSED);
  }

  @Test
  void kindsThatAreNotKeptAreReported() {
    ImportResult result =
        workspace
            .exchange()
            .importFile(
                ann,
                bytes("[{'obj_type':0,'obj_id':5,'title':'F'},{'obj_type':3,'title':'Sales'}]"),
                0);
    assertThat(result.created()).hasSize(1);
    assertThat(result.skipped()).containsExactly(new ImportResult.Skipped("dashboard", "Sales"));
  }

  @Test
  void importNeedsCreateOnTheTargetAndExportNeedsView() {
    long target = folder(ann, 0, "of Ann");
    assertThat(refusal(() -> workspace.exchange().importFile(bob, orders(), target)).code())
        .isEqualTo(ACCESS);
    assertThat(refusal(() -> workspace.exchange().export(bob, target, ExportFormat.JSON)).code())
        .isEqualTo(ACCESS);
  }

  @Test
  void thirdPartyExportsImportAndComeOutTheSame() throws Exception {
    Path folder = shared().resolve("data/corezoid");
    assumeTrue(Files.isDirectory(folder), "the shared third-party data is not here");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        ImportResult result = workspace.exchange().importFile(ann, Files.readAllBytes(file), 0);
        assertThat(result.errors()).as(file.toString()).isEmpty();
        long first = result.created().getFirst().id();
        JsonNode exported = workspace.exchange().scheme(ann, first);
        ImportResult again =
            workspace
                .exchange()
                .importFile(ann, exported.toString().getBytes(StandardCharsets.UTF_8), 0);
        JsonNode second = workspace.exchange().scheme(ann, again.created().getFirst().id());
        assertThat(withoutIds(second, again))
            .as(file.toString())
            .isEqualTo(JSON.readTree(exported.toString()));
      }
    }
  }

  private static Path shared() {
    String given = System.getProperty("MILLRACE_SHARED", System.getenv("MILLRACE_SHARED"));
    if (given != null) {
      return Path.of(given);
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.isDirectory(up.resolveSibling("shared").resolve("data"))) {
        return up.resolveSibling("shared");
      }
    }
    return Path.of("shared");
  }

  private Map<Long, Long> importOrders() {
    return ids(workspace.exchange().importFile(ann, orders(), 0));
  }

  private static Map<Long, Long> ids(ImportResult result) {
    return result.created().stream()
        .collect(Collectors.toMap(ImportResult.Created::oldId, ImportResult.Created::id));
  }

  private static byte[] orders() {
    try (var in = ExchangeTest.class.getResourceAsStream("orders-of-2016.json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private Node node(long process, String title) {
    return workspace.drafts().graph(ann, process).nodes().stream()
        .filter(n -> n.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private String nodeId(long process, String title) {
    return node(process, title).id();
  }

  private ArrayNode logicsOf(long process, String title) {
    return node(process, title).logics();
  }

  /** The text of a copy with each new id replaced by the one it was made from. */
  private JsonNode withoutIds(JsonNode copy, ImportResult result) {
    String text = copy.toString();
    for (ImportResult.Created created : result.created()) {
      text =
          text.replaceAll(
              "(?<=_id\":\"?|conv\\[|/public/)" + created.id() + "(?![0-9])",
              created.oldId().toString());
      if (created.hash() != null) {
        String old = workspace.processes().show(ann, created.oldId()).hash();
        text = text.replace(created.hash(), old);
        List<Node> nodes = workspace.drafts().graph(ann, created.id()).nodes();
        List<Node> originals = workspace.drafts().graph(ann, created.oldId()).nodes();
        for (int i = 0; i < nodes.size(); i++) {
          text = text.replace(nodes.get(i).id(), originals.get(i).id());
        }
      }
    }
    return JSON.readTree(text);
  }
}
