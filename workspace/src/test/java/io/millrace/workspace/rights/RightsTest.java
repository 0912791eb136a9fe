package io.millrace.workspace.rights;

import static io.millrace.workspace.store.WorkspaceException.Code.ACCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.workspace.WorkspaceTest;
import io.millrace.workspace.people.Group;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightsTest extends WorkspaceTest {

  @Test
  void ownersAndAdministratorsMayAllAndOthersNothing() {
    long process = process(ann, 0, "P").id();
    assertThat(workspace.rights().effective(ann, process)).isEqualTo(Privilege.ALL);
    assertThat(workspace.rights().effective(admin, process)).isEqualTo(Privilege.ALL);
    assertThat(workspace.rights().effective(Rights.SYSTEM, process)).isEqualTo(Privilege.ALL);
    assertThat(workspace.rights().effective(bob, process)).isEmpty();
    assertThat(refusal(() -> workspace.rights().require(bob, process, Privilege.VIEW)).code())
        .isEqualTo(ACCESS);
  }

  @Test
  void aGrantOnAFolderReachesAllBelowAndFollowsMoves() {
    long folder = folder(admin, 0, "F");
    long inner = folder(admin, folder, "inner");
    long process = process(admin, inner, "P").id();
    workspace.rights().link(admin, folder, ann, Set.of(Privilege.VIEW));
    workspace.rights().link(admin, process, ann, Set.of(Privilege.CREATE));
    assertThat(workspace.rights().effective(ann, process))
        .containsExactlyInAnyOrder(Privilege.VIEW, Privilege.CREATE);
    workspace.folders().move(admin, inner, 0);
    assertThat(workspace.rights().effective(ann, process)).containsExactly(Privilege.CREATE);
  }

  @Test
  void aLinkReplacesTheWholeSetAndTheEmptySetRevokes() {
    long process = process(admin, 0, "P").id();
    workspace.rights().link(admin, process, ann, Set.of(Privilege.VIEW, Privilege.MODIFY));
    workspace.rights().link(admin, process, ann, Set.of(Privilege.CREATE));
    assertThat(workspace.rights().effective(ann, process)).containsExactly(Privilege.CREATE);
    assertThat(workspace.rights().grants(admin, process))
        .extracting(Grant::granteeId)
        .containsExactly(ann);
    workspace.rights().link(admin, process, ann, Set.of());
    assertThat(workspace.rights().effective(ann, process)).isEmpty();
    assertThat(workspace.rights().grants(admin, process)).isEmpty();
  }

  @Test
  void aGroupsGrantReachesItsMembersOnly() {
    long process = process(admin, 0, "P").id();
    Group group = workspace.groups().create(admin, "G", "");
    workspace.rights().link(admin, process, group.id(), Set.of(Privilege.VIEW, Privilege.CREATE));
    assertThat(workspace.rights().effective(ann, process)).isEmpty();
    workspace.groups().addMember(group.id(), ann);
    assertThat(workspace.rights().allows(ann, process, Privilege.CREATE)).isTrue();
    assertThat(workspace.rights().taskUsers(process)).containsExactly(admin, ann);
    workspace.groups().delete(group.id());
    assertThat(workspace.rights().effective(ann, process)).isEmpty();
  }

  @Test
  void theEngineHearsOfEveryProcessBelowAFolderWhenAGrantChanges() {
    long folder = folder(admin, 0, "F");
    long inner = folder(admin, folder, "inner");
    long first = process(admin, folder, "first").id();
    long second = process(admin, inner, "second").id();
    long outside = process(admin, 0, "outside").id();
    told.changed.clear();
    workspace.rights().link(admin, folder, ann, Set.of(Privilege.CREATE));
    assertThat(told.changed)
        .extracting(source -> source.processId())
        .containsExactlyInAnyOrder(first, second)
        .doesNotContain(outside);
    assertThat(told.last(second).taskUsers()).containsExactly(admin, ann);
    long before = told.last(second).version();
    workspace.rights().link(admin, folder, ann, Set.of(Privilege.VIEW));
    assertThat(told.last(second).taskUsers()).containsExactly(admin);
    assertThat(told.last(second).version()).isGreaterThan(before);
  }

  @Test
  void onlyTheOwnerAndAdministratorsShare() {
    long process = process(ann, 0, "P").id();
    workspace.rights().link(admin, process, bob, Privilege.ALL);
    assertThat(
            refusal(() -> workspace.rights().link(bob, process, bob, Set.of(Privilege.VIEW)))
                .code())
        .isEqualTo(ACCESS);
    long loginId = workspace.apiKeys().find(bob).orElseThrow().loginId();
    assertThat(workspace.rights().link(ann, process, loginId, Set.of(Privilege.VIEW)).granteeId())
        .as("named by its numeric login")
        .isEqualTo(bob);
    assertThat(
            refusal(() -> workspace.rights().link(ann, process, 4711, Set.of(Privilege.VIEW)))
                .description())
        .isEqualTo("Object user with id 4711 does not exist");
  }

  @Test
  void whoMayNotEvenLookIsDenied() {
    long process = process(admin, 0, "P").id();
    assertThat(refusal(() -> workspace.processes().show(ann, process)).description())
        .isEqualTo("Access denied");
  }
}
