package io.millrace.workspace.folder;

import static io.millrace.workspace.store.WorkspaceException.Code.ACCESS;
import static io.millrace.workspace.store.WorkspaceException.Code.MOVE;
import static io.millrace.workspace.store.WorkspaceException.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.WorkspaceTest;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.WorkspaceException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FoldersTest extends WorkspaceTest {

  @Test
  void aFolderListsWhatStandsInItFoldersFirst() {
    long folder = folder(admin, 0, "Invoices");
    long process = process(admin, folder, "Billing").id();
    long inner = folder(admin, folder, "Old");
    FolderListing listing =
        workspace.folders().list(admin, folder, FolderFilter.ALL, FolderSort.TITLE, false);
    assertThat(listing.parentTitle()).isEqualTo("Root");
    assertThat(listing.items()).extracting(FolderItem::id).containsExactly(inner, process);
    FolderItem item = listing.items().getLast();
    assertThat(item.status()).isEqualTo(ProcessStatus.ACTIVE);
    assertThat(item.deployed()).isTrue();
    assertThat(item.nodeCount()).isEqualTo(2);
    assertThat(item.ownerLogin()).isEqualTo("admin");
    assertThat(workspace.folders().show(admin, folder).childCount()).isEqualTo(2);
  }

  @Test
  void listingsSortAndFilter() {
    long b = folder(admin, 0, "b");
    clock.advance(1000);
    long a = folder(admin, 0, "A");
    clock.advance(1000);
    long p = process(admin, 0, "p").id();
    workspace.folders().favorite(admin, p, true);
    workspace.rights().link(admin, b, ann, Set.of(Privilege.VIEW));
    assertThat(ids(FolderFilter.ALL, FolderSort.TITLE, false)).containsExactly(a, b, p);
    assertThat(ids(FolderFilter.ALL, FolderSort.TITLE, true)).containsExactly(b, a, p);
    assertThat(ids(FolderFilter.ALL, FolderSort.DATE, false)).containsExactly(b, a, p);
    assertThat(ids(FolderFilter.FOLDERS, FolderSort.OWNER, false)).containsExactly(a, b);
    assertThat(ids(FolderFilter.PROCESSES, FolderSort.TITLE, false)).containsExactly(p);
    assertThat(ids(FolderFilter.FAVORITES, FolderSort.TITLE, false)).containsExactly(p);
    assertThat(ids(FolderFilter.RECENT, FolderSort.TITLE, false)).containsExactly(p, a, b);
    assertThat(ids(FolderFilter.MINE, FolderSort.TITLE, false)).containsExactly(a, b, p);
    assertThat(ids(FolderFilter.DELETED, FolderSort.TITLE, false)).isEmpty();
    FolderListing shared =
        workspace.folders().list(ann, 0, FolderFilter.SHARED, FolderSort.TITLE, false);
    assertThat(shared.items()).extracting(FolderItem::id).containsExactly(b);
  }

  @Test
  void aFolderDoesNotMoveIntoItselfOrBelow() {
    long top = folder(admin, 0, "top");
    long below = folder(admin, top, "below");
    WorkspaceException refused = refusal(() -> workspace.folders().move(admin, top, below));
    assertThat(refused.code()).isEqualTo(MOVE);
    assertThat(refused.description()).isEqualTo("Move parent folder to child is not allowed");
    assertThat(refusal(() -> workspace.folders().move(admin, top, top)).code()).isEqualTo(MOVE);
    Move move = workspace.folders().move(admin, below, 0);
    assertThat(move.fromFolder()).isEqualTo(top);
    assertThat(move.toTitle()).isEqualTo("Root");
  }

  @Test
  void twoOppositeMovesAtOnceNeverMakeACycle() throws Exception {
    long a = folder(admin, 0, "a");
    long b = folder(admin, 0, "b");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> refusal(() -> workspace.folders().move(admin, a, b)));
      var second = threads.submit(() -> refusal(() -> workspace.folders().move(admin, b, a)));
      assertThat(Arrays.asList(first.get(), second.get()))
          .containsOnlyOnce((WorkspaceException) null);
    }
    assertThat(workspace.folders().branch(admin, 0)).hasSize(2);
  }

  @Test
  void theTrashKeepsAFolderWithItsContentUntilItIsRestored() {
    long folder = folder(admin, 0, "F");
    long early = process(admin, folder, "deleted before").id();
    long process = process(admin, folder, "P").id();
    workspace.folders().delete(admin, early);
    workspace.folders().delete(admin, folder);
    assertThat(refusal(() -> workspace.processes().show(admin, process)).description())
        .isEqualTo("Object conv with id " + process + " does not exist");
    assertThat(told.last(process).status()).isEqualTo(ProcessStatus.DELETED);
    assertThat(ids(FolderFilter.DELETED, FolderSort.TITLE, false)).containsExactly(folder, early);
    assertThat(workspace.folders().restore(admin, folder)).isZero();
    assertThat(workspace.processes().show(admin, process).status()).isEqualTo(ProcessStatus.ACTIVE);
    assertThat(told.last(process).status()).isEqualTo(ProcessStatus.ACTIVE);
    assertThat(refusal(() -> workspace.processes().show(admin, early)).code()).isEqualTo(NOT_FOUND);
    assertThat(workspace.folders().restore(admin, early)).isEqualTo(folder);
  }

  @Test
  void aDestroyedFolderTakesItsContentAlongButNotWhatWasInTheTrashBefore() {
    long folder = folder(admin, 0, "F");
    long early = process(admin, folder, "deleted before").id();
    long process = process(admin, folder, "P").id();
    workspace.folders().delete(admin, early);
    workspace.folders().destroy(admin, folder);
    assertThat(told.removed).containsExactly(process);
    assertThat(refusal(() -> workspace.folders().restore(admin, process)).code())
        .isEqualTo(NOT_FOUND);
    assertThat(workspace.folders().restore(admin, early)).isZero();
  }

  @Test
  void oldTrashIsEmptied() {
    long old = folder(admin, 0, "old");
    process(admin, old, "P");
    workspace.folders().delete(admin, old);
    clock.advance(1000);
    long young = folder(admin, 0, "young");
    workspace.folders().delete(admin, young);
    assertThat(workspace.folders().emptyTrash(NOW + 500)).isEqualTo(2);
    assertThat(ids(FolderFilter.DELETED, FolderSort.TITLE, false)).containsExactly(young);
  }

  @Test
  void pathAndBranchGoFromTheRootDown() {
    long a = folder(admin, 0, "a");
    long b = folder(admin, a, "b");
    long p = process(admin, b, "p").id();
    assertThat(workspace.folders().path(admin, b))
        .extracting(FolderItem::title)
        .containsExactly("Root", "a", "b");
    assertThat(workspace.folders().branch(admin, a))
        .extracting(FolderItem::id)
        .containsExactly(b, p);
  }

  @Test
  void titlesAndDescriptionsAreBounded() {
    assertThat(refusal(() -> folder(admin, 0, "")).description())
        .isEqualTo("Value is not valid. Value's byte_size is less than minimum allowed: 1");
    WorkspaceException tooLong = refusal(() -> folder(admin, 0, "x".repeat(256)));
    assertThat(tooLong.description())
        .isEqualTo("Value is not valid. Value's byte_size is more than maximum allowed: 255");
    assertThat(tooLong.key()).isEqualTo("title");
    assertThat(refusal(() -> folder(admin, 0, "nul\0")).key()).isEqualTo("title");
    assertThat(refusal(() -> workspace.folders().create(admin, 0, "F", "x".repeat(2001))).key())
        .isEqualTo("description");
    assertThat(folder(admin, 0, "Ж".repeat(255))).isPositive();
  }

  @Test
  void theRootStaysAndNothingIsPutIntoWhatIsNoFolder() {
    long process = process(admin, 0, "P").id();
    assertThat(refusal(() -> workspace.folders().delete(admin, 0)).key()).isEqualTo("obj_id");
    assertThat(refusal(() -> folder(admin, process, "F")).code()).isEqualTo(NOT_FOUND);
    assertThat(refusal(() -> folder(admin, 4711, "F")).description())
        .isEqualTo("Object folder with id 4711 does not exist");
  }

  @Test
  void everyChangeNeedsItsPrivilege() {
    long folder = folder(admin, 0, "F");
    List<WorkspaceException> refusals =
        List.of(
            refusal(() -> folder(ann, folder, "X")),
            refusal(() -> workspace.folders().show(ann, folder)),
            refusal(() -> workspace.folders().modify(ann, folder, "X", null)),
            refusal(() -> workspace.folders().move(ann, folder, 0)),
            refusal(() -> workspace.folders().delete(ann, folder)),
            refusal(() -> workspace.folders().destroy(ann, folder)));
    assertThat(refusals).extracting(WorkspaceException::code).containsOnly(ACCESS);
  }

  private List<Long> ids(FolderFilter filter, FolderSort sort, boolean descending) {
    return workspace.folders().list(admin, 0, filter, sort, descending).items().stream()
        .map(FolderItem::id)
        .toList();
  }
}
