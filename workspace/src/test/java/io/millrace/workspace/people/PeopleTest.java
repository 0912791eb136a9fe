package io.millrace.workspace.people;

import static io.millrace.workspace.store.WorkspaceException.Code.ACCESS;
import static io.millrace.workspace.store.WorkspaceException.Code.DUPLICATE;
import static io.millrace.workspace.store.WorkspaceException.Code.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.workspace.WorkspaceTest;
import io.millrace.workspace.store.WorkspaceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleTest extends WorkspaceTest {

  @Test
  void numbersOfAllObjectsComeFromOneSequenceThatStartsAt1000() {
    assertThat(admin).isEqualTo(1000);
    KeyWithSecret key = workspace.apiKeys().create(admin, "sync", "");
    assertThat(key.key().id()).isEqualTo(key.key().loginId() + 1);
    assertThat(folder(admin, 0, "F")).isEqualTo(key.key().id() + 1);
  }

  @Test
  void theFirstAdministratorIsMadeOnce() {
    assertThat(workspace.users().bootstrapAdministrator(null)).isEmpty();
    assertThat(workspace.users().list()).extracting(User::login).containsExactly("admin");
    assertThat(workspace.users().list().getFirst().administrator()).isTrue();
  }

  @Test
  void aRightPasswordOpensASessionAndAWrongOneDoesNot() {
    OpenedSession opened = workspace.signIn().signIn("Admin ", "correct horse", "127.0.0.1");
    assertThat(opened.token()).matches("[0-9a-f]{64}");
    assertThat(workspace.signIn().session(opened.token()).orElseThrow().userId()).isEqualTo(admin);
    assertThat(workspace.signIn().session("00")).isEmpty();
    assertThat(opened.toString()).doesNotContain(opened.token());
    WorkspaceException wrong =
        refusal(() -> workspace.signIn().signIn("admin", "wrong horse", "127.0.0.1"));
    assertThat(wrong.code()).isEqualTo(ACCESS);
    assertThat(wrong.description()).isEqualTo("Access denied");
    assertThat(refusal(() -> workspace.signIn().signIn("nobody", "x", "127.0.0.1")).getMessage())
        .isEqualTo(wrong.getMessage());
  }

  @Test
  void aSessionEndsWhenUnusedSignedOutOrItsUserIsBlocked() {
    User user = workspace.users().create("cleo", "Cleo", "password of cleo", false);
    SignIn signIn = workspace.signIn();
    String unused = signIn.signIn("cleo", "password of cleo", "a").token();
    clock.advance(Duration.ofHours(11).toMillis());
    assertThat(signIn.session(unused)).isPresent();
    clock.advance(Duration.ofHours(11).toMillis());
    assertThat(signIn.session(unused)).as("prolonged by use").isPresent();
    clock.advance(Duration.ofHours(13).toMillis());
    assertThat(signIn.session(unused)).isEmpty();

    String signedOut = signIn.signIn("cleo", "password of cleo", "a").token();
    signIn.signOut(signedOut);
    assertThat(signIn.session(signedOut)).isEmpty();

    String blocked = signIn.signIn("cleo", "password of cleo", "a").token();
    workspace.users().setStatus(user.id(), PrincipalStatus.BLOCKED);
    assertThat(signIn.session(blocked)).isEmpty();
    assertThat(refusal(() -> signIn.signIn("cleo", "password of cleo", "a")).code())
        .isEqualTo(ACCESS);
  }

  @Test
  void guessingIsSlowedDownPerLogin() {
    SignIn signIn = workspace.signIn();
    for (int i = 0; i < 5; i++) {
      String address = "10.0.0." + i;
      assertThat(refusal(() -> signIn.signIn("admin", "guess", address)).code()).isEqualTo(ACCESS);
    }
    WorkspaceException throttled =
        refusal(() -> signIn.signIn("admin", "correct horse", "10.0.0.9"));
    assertThat(throttled.code()).isEqualTo(LIMIT);
    assertThat(throttled.retryAfterMillis()).isEqualTo(1000);
    clock.advance(1000);
    assertThat(signIn.signIn("admin", "correct horse", "10.0.0.9").token()).isNotEmpty();
  }

  @Test
  void guessingIsSlowedDownPerAddressForAllLogins() {
    SignIn signIn = workspace.signIn();
    for (int i = 0; i < 20; i++) {
      String login = "nobody" + i;
      refusal(() -> signIn.signIn(login, "x", "10.0.0.1"));
    }
    assertThat(refusal(() -> signIn.signIn("admin", "correct horse", "10.0.0.1")).code())
        .isEqualTo(LIMIT);
    assertThat(signIn.signIn("admin", "correct horse", "10.0.0.2").token()).isNotEmpty();
  }

  @Test
  void aNewPasswordEndsSessionsAndReplacesTheOldOne() {
    String token = workspace.signIn().signIn("admin", "correct horse", "a").token();
    workspace.users().changePassword(admin, "battery staple");
    assertThat(workspace.signIn().session(token)).isEmpty();
    assertThat(refusal(() -> workspace.signIn().signIn("admin", "correct horse", "a")).code())
        .isEqualTo(ACCESS);
    assertThat(workspace.signIn().signIn("admin", "battery staple", "a").token()).isNotEmpty();
  }

  @Test
  void loginNamesAreUniqueWhateverTheirCase() {
    workspace.users().create("Cleo", "Cleo", "password of cleo", false);
    assertThat(
            refusal(() -> workspace.users().create("CLEO", "C", "password of cleo", false)).code())
        .isEqualTo(DUPLICATE);
  }

  @Test
  void theLastAdministratorStays() {
    assertThat(refusal(() -> workspace.users().setAdministrator(admin, false)).code())
        .isEqualTo(ACCESS);
    assertThat(refusal(() -> workspace.users().delete(admin, ann)).code()).isEqualTo(ACCESS);
    assertThat(workspace.users().find(admin).orElseThrow().administrator()).isTrue();
  }

  @Test
  void aKeyIsFoundByNumericLoginTextLoginAndPrincipal() {
    KeyWithSecret made = workspace.apiKeys().create(admin, "sync", "nightly");
    assertThat(made.secret()).matches("[A-Za-z0-9]{48}");
    assertThat(made.key().login()).matches("[0-9a-f]{24}");
    assertThat(made.key().skewCheck()).isTrue();
    assertThat(made.toString()).doesNotContain(made.secret());
    for (Object login : List.of(made.key().loginId(), made.key().login(), made.key().id())) {
      assertThat(workspace.apiKeys().findKeyByLogin(login.toString())).contains(made);
    }
    assertThat(workspace.apiKeys().findKeyByLogin("99999")).isEmpty();
    assertThat(workspace.apiKeys().findKeyByLogin("' OR 1=1 --")).isEmpty();
    assertThat(workspace.apiKeys().findKeyByLogin(Long.toString(admin))).isEmpty();
  }

  @Test
  void aRotatedSecretReplacesTheOldOneAtOnce() {
    KeyWithSecret old = workspace.apiKeys().create(admin, "sync", "");
    String login = old.key().login();
    assertThat(workspace.apiKeys().findKeyByLogin(login)).contains(old);
    KeyWithSecret fresh = workspace.apiKeys().rotate(old.key().id());
    assertThat(workspace.apiKeys().findKeyByLogin(login)).contains(fresh);
    assertThat(fresh.secret()).isNotEqualTo(old.secret());
  }

  @Test
  void aLegacyClientsKeyHasNoSkewCheck() {
    ApiKey key = workspace.apiKeys().create(admin, "old client", "").key();
    assertThat(workspace.apiKeys().setSkewCheck(key.id(), false).skewCheck()).isFalse();
  }

  @Test
  void whatADeletedKeyOwnedPassesToItsHeir() {
    long folder = folder(ann, 0, "of Ann");
    workspace.apiKeys().delete(ann, admin);
    assertThat(workspace.folders().show(admin, folder).ownerId()).isEqualTo(admin);
    assertThat(workspace.apiKeys().find(ann)).isEmpty();
    assertThat(refusal(() -> workspace.folders().show(ann, folder)).code()).isEqualTo(ACCESS);
  }

  @Test
  void theKeyForAutomationIsMadeOnceAndKeepsItsGivenSecret() {
    ApiKey key = workspace.apiKeys().ensureApiKey(77, "abcdefghijklmnop");
    assertThat(key.administrator()).isTrue();
    assertThat(workspace.apiKeys().ensureApiKey(77, "qrstuvwxyz123456").id()).isEqualTo(key.id());
    assertThat(workspace.apiKeys().findKeyByLogin("77").orElseThrow().secret())
        .isEqualTo("qrstuvwxyz123456");
    assertThat(refusal(() -> workspace.apiKeys().ensureApiKey(77, "short")).key())
        .isEqualTo("secret");
  }

  @Test
  void groupsKnowTheirMembers() {
    Group group = workspace.groups().create(admin, "Operators", "");
    workspace.groups().addMember(group.id(), ann);
    workspace.groups().addMember(group.id(), ann);
    workspace.groups().addMember(group.id(), bob);
    assertThat(workspace.groups().members(group.id()))
        .extracting(Principal::id)
        .containsExactly(ann, bob);
    workspace.groups().removeMember(group.id(), ann);
    assertThat(workspace.groups().find(group.id()).orElseThrow().size()).isEqualTo(1);
    assertThat(workspace.groups().groupsOf(bob))
        .extracting(Group::title)
        .containsExactly("Operators");
  }

  @Test
  void manyAtOnceGetDifferentNumbers() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var made =
          IntStream.range(0, 40)
              .mapToObj(i -> threads.submit(() -> folder(admin, 0, "F" + i)))
              .toList();
      List<Long> ids = new ArrayList<>();
      for (var future : made) {
        ids.add(future.get());
      }
      assertThat(ids).doesNotHaveDuplicates().hasSize(40);
    }
  }
}
