package io.millrace.workspace.version;

import static io.millrace.workspace.store.WorkspaceException.Code.ACCESS;
import static io.millrace.workspace.store.WorkspaceException.Code.COMMIT;
import static io.millrace.workspace.store.WorkspaceException.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.WorkspaceTest;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.WorkspaceException;
import io.millrace.workspace.store.WorkspaceException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessesTest extends WorkspaceTest {

  @Test
  void aNewProcessHasStartAndFinalNodeAndRuns() {
    ProcessInfo info = process(ann, 0, "Invoices");
    assertThat(info.hash()).matches("[0-9a-f]{40}");
    assertThat(info.lastConfirmedVersion()).isZero();
    assertThat(info.ownerId()).isEqualTo(ann);
    Graph graph = workspace.drafts().graph(ann, info.id());
    assertThat(graph.draftVersion()).isZero();
    assertThat(graph.nodes()).extracting(Node::objType).containsExactly(1, 2);
    assertThat(graph.nodes().getFirst().logics().get(0).path("to_node_id").asString())
        .isEqualTo(graph.nodes().getLast().id())
        .matches("[0-9a-f]{24}");
    ProcessSource source = told.last(info.id());
    assertThat(source.scheme().path("nodes")).hasSize(2);
    assertThat(source.taskUsers()).containsExactly(admin, ann);
    assertThat(source.ownerId()).isEqualTo(ann);
    assertThat(source.retentionDays()).isEqualTo(30);
  }

  @Test
  void withoutNodesItHasNone() {
    ProcessInfo info = bare();
    assertThat(info.deployed()).isFalse();
    assertThat(workspace.drafts().graph(ann, info.id()).nodes()).isEmpty();
    assertThat(told.last(info.id()).scheme().path("nodes")).isEmpty();
  }

  @Test
  void editsStayInTheDraftUntilTheyAreConfirmed() {
    ProcessInfo info = process(ann, 0, "P");
    long version = NOW / 1000 + 5;
    String added = workspace.drafts().createNode(ann, info.id(), version, node(0, "Delay"));
    assertThat(added).matches("[0-9a-f]{24}");
    workspace
        .drafts()
        .modifyNode(ann, info.id(), version, added, logics("[{'type':'go','to_node_id':'x'}]"));
    assertThat(workspace.processes().deployedScheme(ann, info.id()).path("nodes")).hasSize(2);
    assertThat(workspace.drafts().graph(ann, info.id()).draftVersion()).isEqualTo(version);
    assertThat(workspace.drafts().showNode(ann, info.id(), added).title()).isEqualTo("Delay");
    assertThat(workspace.drafts().showCommit(ann, info.id(), version))
        .extracting(Node::id)
        .containsExactly(added);

    CommitInfo commit = workspace.drafts().confirm(ann, info.id(), version, "more time");

    assertThat(commit.version()).isEqualTo(version);
    assertThat(told.last(info.id()).scheme().path("nodes")).hasSize(3);
    ProcessInfo after = workspace.processes().show(ann, info.id());
    assertThat(after.lastConfirmedVersion()).isEqualTo(version);
    assertThat(after.changeStamp()).isEqualTo(version);
    assertThat(workspace.drafts().graph(ann, info.id()).draftVersion()).isZero();
    assertThat(workspace.drafts().commits(ann, info.id()))
        .containsExactly(new CommitInfo(info.id(), version, true, ann, NOW, "more time"));
  }

  @Test
  void aGraphThatDoesNotPassTheCheckChangesNothing() {
    ProcessInfo info = process(ann, 0, "P");
    String added = workspace.drafts().createNode(ann, info.id(), 7L, node(0, "Broken"));
    Problem problem = new Problem(true, added, "logics", "referenced node does not exist");
    check = draft -> List.of(problem);
    WorkspaceException refused = refusal(() -> workspace.drafts().confirm(ann, info.id(), 7, ""));
    assertThat(refused.code()).isEqualTo(COMMIT);
    assertThat(refused.problems()).containsExactly(problem);
    assertThat(workspace.processes().deployedScheme(ann, info.id()).path("nodes")).hasSize(2);
    assertThat(workspace.processes().show(ann, info.id()).lastConfirmedVersion()).isZero();
    assertThat(workspace.drafts().graph(ann, info.id()).draftVersion()).isEqualTo(7);
  }

  @Test
  void warningsDoNotPreventADeploy() {
    ProcessInfo info = process(ann, 0, "P");
    check = draft -> List.of(new Problem(false, null, "nodes", "edge into the start node"));
    assertThat(workspace.drafts().confirm(ann, info.id(), 7, "").version()).isEqualTo(7);
  }

  @Test
  void twoDraftsDoNotSeeEachOtherAndTheLastWriteWinsPerNode() {
    ProcessInfo info = process(ann, 0, "P");
    String start = workspace.drafts().graph(ann, info.id()).nodes().getFirst().id();
    String end = workspace.drafts().graph(ann, info.id()).nodes().getLast().id();
    workspace.drafts().modifyNode(ann, info.id(), 10L, start, node(1, "A of 10"));
    workspace.drafts().modifyNode(ann, info.id(), 11L, start, node(1, "A of 11"));
    workspace.drafts().modifyNode(ann, info.id(), 10L, end, node(2, "B of 10"));
    workspace.drafts().confirm(ann, info.id(), 11, "");
    workspace.drafts().confirm(ann, info.id(), 10, "");
    assertThat(workspace.drafts().graph(ann, info.id()).nodes())
        .extracting(Node::title)
        .containsExactly("A of 10", "B of 10");
  }

  @Test
  void aDiscardedDraftIsGone() {
    ProcessInfo info = process(ann, 0, "P");
    String end = workspace.drafts().graph(ann, info.id()).nodes().getLast().id();
    workspace.drafts().deleteNode(ann, info.id(), 10L, end);
    assertThat(workspace.drafts().graph(ann, info.id()).nodes()).hasSize(1);
    workspace.drafts().discard(ann, info.id(), 10);
    assertThat(workspace.drafts().graph(ann, info.id()).nodes()).hasSize(2);
    assertThat(refusal(() -> workspace.drafts().discard(ann, info.id(), 10)).code())
        .isEqualTo(NOT_FOUND);
  }

  @Test
  void editsWithoutAVersionAreConfirmedAsSoonAsTheGraphIsWhole() {
    ProcessInfo info = bare();
    check =
        draft ->
            draft.scheme().path("nodes").size() == 2
                ? List.of()
                : List.of(new Problem(true, null, "nodes", "no final node"));
    workspace.drafts().createNode(ann, info.id(), null, node(1, "Start"));
    assertThat(workspace.processes().show(ann, info.id()).deployed()).isFalse();
    workspace.drafts().createNode(ann, info.id(), null, node(2, "Final"));
    assertThat(workspace.processes().show(ann, info.id()).lastConfirmedVersion())
        .isEqualTo(NOW / 1000);
    assertThat(told.last(info.id()).scheme().path("nodes")).hasSize(2);
    assertThat(workspace.drafts().commits(ann, info.id())).hasSize(1);
  }

  @Test
  void nodeFieldsAreKeptAsTheFormatWritesThem() {
    ProcessInfo info = process(ann, 0, "P");
    String id = workspace.drafts().createNode(ann, info.id(), 7L, node(0, "N"));
    workspace
        .drafts()
        .modifyNode(
            ann,
            info.id(),
            7L,
            id,
            new NodeEdit(
                null,
                null,
                null,
                json("[{'type':'api_copy','user_id':1000,'own':{'a':[1.10,null]}}]"),
                json("[{'type':'time','value':30}]"),
                -5,
                7,
                json("{'icon':'state','other':1}"),
                json("'{}'"),
                json("{'reply':1}")));
    Node node = workspace.drafts().showNode(ann, info.id(), id);
    assertThat(node.extra()).isEqualTo("{\"icon\":\"state\",\"other\":1}");
    assertThat(node.options()).isEqualTo("{}");
    assertThat(node.x()).isEqualTo(-5);
    assertThat(node.semaphores().get(0).path("value").asInt()).isEqualTo(30);
    assertThat(node.json().path("condition").path("stub").path("reply").asInt()).isEqualTo(1);
    assertThat(node.logics().get(0).path("own").toString()).isEqualTo("{\"a\":[1.10,null]}");
    assertThat(node.logics().get(0).path("user_id").asLong())
        .as("nobody writes logics that act for another user")
        .isEqualTo(ann);
  }

  @Test
  void badNodesAreRefusedWithTheirField() {
    ProcessInfo info = process(ann, 0, "P");
    Drafts drafts = workspace.drafts();
    assertThat(refusal(() -> drafts.createNode(ann, info.id(), 7L, node(9, ""))).key())
        .isEqualTo("obj_type");
    assertThat(refusal(() -> drafts.createNode(ann, info.id(), 7L, logics("{}"))).key())
        .isEqualTo("logics");
    assertThat(refusal(() -> drafts.createNode(ann, info.id(), 7L, logics("[{}]"))).key())
        .isEqualTo("logics");
    assertThat(refusal(() -> drafts.createNode(ann, info.id(), -7L, node(0, ""))).key())
        .isEqualTo("version");
    assertThat(
            refusal(() -> drafts.createNode(ann, info.id(), 7L, node(0, "x".repeat(241))))
                .description())
        .endsWith("more than maximum allowed: 240");
    assertThat(
            refusal(() -> drafts.modifyNode(ann, info.id(), 7L, "00", node(0, ""))).description())
        .isEqualTo("Object node with id 00 does not exist");
    assertThat(drafts.graph(ann, info.id()).draftVersion()).as("nothing was opened").isZero();
  }

  @Test
  void changeStampsGrowEvenWhenTheClockStands() {
    ProcessInfo info = process(ann, 0, "P");
    long before = info.changeStamp();
    for (int i = 1; i <= 3; i++) {
      workspace.processes().modify(ann, info.id(), new ProcessEdit("P" + i, null, null, null));
      ProcessInfo after = workspace.processes().show(ann, info.id());
      assertThat(after.changeStamp()).isEqualTo(before + i);
      assertThat(after.changeMillis()).isEqualTo(info.changeMillis() + i);
    }
  }

  @Test
  void aStatusChangeTellsOldAndNew() {
    ProcessInfo info = process(ann, 0, "P");
    StatusChange paused = status(ann, info.id(), ProcessStatus.PAUSED);
    assertThat(paused).isEqualTo(new StatusChange(ProcessStatus.ACTIVE, ProcessStatus.PAUSED));
    assertThat(Statuses.number(paused.newStatus())).isEqualTo(2);
    assertThat(paused.isChanged()).isTrue();
    assertThat(status(ann, info.id(), ProcessStatus.PAUSED).isChanged()).isFalse();
    assertThat(told.last(info.id()).status()).isEqualTo(ProcessStatus.PAUSED);
  }

  @Test
  void onlyAnAdministratorBlocksAndUnblocks() {
    ProcessInfo info = process(ann, 0, "P");
    assertThat(refusal(() -> status(ann, info.id(), ProcessStatus.BLOCKED)).code())
        .isEqualTo(ACCESS);
    workspace
        .processes()
        .modify(admin, info.id(), new ProcessEdit(null, null, ProcessStatus.BLOCKED, "floods us"));
    assertThat(workspace.processes().show(ann, info.id()).blockedReason()).isEqualTo("floods us");
    assertThat(refusal(() -> status(ann, info.id(), ProcessStatus.ACTIVE)).code())
        .isEqualTo(ACCESS);
    status(admin, info.id(), ProcessStatus.ACTIVE);
    assertThat(workspace.processes().show(ann, info.id()).blockedReason()).isEmpty();
  }

  @Test
  void theDirectUrlsHashRotatesAndGoesOff() {
    ProcessInfo info = process(ann, 0, "P");
    String fresh = workspace.processes().rotateHash(ann, info.id());
    assertThat(fresh).matches("[0-9a-f]{40}").isNotEqualTo(info.hash());
    assertThat(workspace.processes().find(info.id()).orElseThrow().hash()).isEqualTo(fresh);
    workspace.processes().disableHash(ann, info.id());
    assertThat(workspace.processes().find(info.id()).orElseThrow().hash()).isNull();
    assertThat(info.toString()).doesNotContain(info.hash());
  }

  @Test
  void paramsAreCompletedCheckedAndTakeEffectAtOnce() {
    ProcessInfo info = process(ann, 0, "P");
    workspace
        .processes()
        .setParams(ann, info.id(), json("[{'name':'a','type':'string','flags':['input']}]"), false);
    ProcessInfo after = workspace.processes().show(ann, info.id());
    assertThat(after.refMask()).isFalse();
    assertThat(after.params())
        .isEqualTo(
            json(
                "[{'name':'a','type':'string','flags':['input'],"
                    + "'descr':'','regex':'','regex_error_text':''}]"));
    assertThat(told.last(info.id()).params()).hasSize(1);
    for (String bad :
        List.of(
            "{}",
            "[1]",
            "[{'name':'','type':'string'}]",
            "[{'name':'a','type':'text'}]",
            "[{'name':'a','type':'string','flags':'input'}]",
            "[{'name':'a','type':'string','flags':['odd']}]",
            "[{'name':'a','type':'string'},{'name':'a','type':'string'}]")) {
      assertThat(
              refusal(() -> workspace.processes().setParams(ann, info.id(), json(bad), null)).key())
          .as(bad)
          .isEqualTo("params");
    }
  }

  @Test
  void searchFindsTitlesNumbersAndCalledUrlsThatTheCallerMaySee() {
    ProcessInfo mine = process(ann, 0, "Invoices");
    ProcessInfo caller = process(ann, 0, "Caller");
    process(bob, 0, "Invoices of Bob");
    workspace
        .drafts()
        .createNode(
            ann, caller.id(), null, logics("[{'type':'api','url':'https://api.example.org/v1'}]"));
    assertThat(found(ann, "inVOI")).containsExactly(mine.id());
    assertThat(found(ann, Long.toString(mine.id()))).containsExactly(mine.id());
    assertThat(found(ann, "example.ORG")).containsExactly(caller.id());
    assertThat(found(admin, "invoices")).hasSize(2);
    assertThat(workspace.processes().search(ann, "", true, 20)).isEmpty();
  }

  @Test
  void everyOperationNeedsItsPrivilege() {
    ProcessInfo info = process(ann, 0, "P");
    workspace.rights().link(ann, info.id(), bob, Set.of(Privilege.VIEW));
    assertThat(workspace.drafts().graph(bob, info.id()).nodes()).hasSize(2);
    assertThat(
            List.of(
                refusal(() -> status(bob, info.id(), ProcessStatus.PAUSED)),
                refusal(() -> workspace.drafts().createNode(bob, info.id(), 1L, node(0, ""))),
                refusal(() -> workspace.drafts().confirm(bob, info.id(), 1, "")),
                refusal(() -> workspace.processes().rotateHash(bob, info.id())),
                refusal(() -> workspace.folders().delete(bob, info.id()))))
        .extracting(WorkspaceException::code)
        .containsOnly(ACCESS);
  }

  @Test
  void theDirectoryHoldsEveryProcessAndItsNumbersGrow() {
    ProcessInfo first = process(ann, 0, "first");
    ProcessInfo second = process(ann, 0, "second");
    workspace.folders().delete(ann, first.id());
    List<ProcessSource> all = workspace.directory().allProcesses();
    assertThat(all).extracting(ProcessSource::processId).containsExactly(first.id(), second.id());
    assertThat(all.getFirst().status()).isEqualTo(ProcessStatus.DELETED);
    assertThat(all.getFirst()).isEqualTo(told.last(first.id()));
    assertThat(told.changed).extracting(ProcessSource::version).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aListenerThatFailsIsToldAgainWithTheNextChange() {
    boolean[] fails = {true};
    List<Long> heard = new ArrayList<>();
    workspace
        .directory()
        .addListener(
            new DirectoryListener() {
              @Override
              public void processChanged(ProcessSource source) {
                if (fails[0]) {
                  throw new IllegalStateException("the engine is full");
                }
                heard.add(source.processId());
              }

              @Override
              public void processRemoved(long processId, long version) {}
            });
    ProcessInfo info = process(ann, 0, "P");
    fails[0] = false;
    folder(ann, 0, "anything");
    assertThat(heard).containsExactly(info.id());
  }

  private ProcessInfo bare() {
    return workspace
        .processes()
        .create(ann, new NewProcess(0, "bare", null, false, ProcessStatus.ACTIVE, false));
  }

  private StatusChange status(long actor, long process, ProcessStatus status) {
    return workspace.processes().modify(actor, process, new ProcessEdit(null, null, status, null));
  }

  private List<Long> found(long actor, String pattern) {
    return workspace.processes().search(actor, pattern, null, 20).stream()
        .map(ProcessInfo::id)
        .toList();
  }
}
