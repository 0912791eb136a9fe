package io.millrace.workspace;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.store.WorkspaceException;
import io.millrace.workspace.store.WorkspaceException.Problem;
import io.millrace.workspace.version.DirectoryListener;
import io.millrace.workspace.version.NewProcess;
import io.millrace.workspace.version.NodeEdit;
import io.millrace.workspace.version.ProcessDraft;
import io.millrace.workspace.version.ProcessInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fresh workspace on each database: an administrator, two users, a clock that the test moves, and
 * a deploy check that the test sets.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
public abstract class WorkspaceTest {
  protected static final long NOW = 1_700_000_000_000L;
  protected static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @Parameter TestDatabase database;
  @TempDir protected Path home;

  protected final TestClock clock = new TestClock();
  protected final Told told = new Told();
  protected Check check = draft -> List.of();
  protected Workspace workspace;
  protected long admin;
  protected long ann;
  protected long bob;

  /** What the deploy check of a test finds. */
  protected interface Check {
    List<Problem> check(ProcessDraft draft);
  }

  /** A clock that stands until it is moved. */
  protected static final class TestClock implements InstantSource {
    private volatile long millis = NOW;

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    public void advance(long byMillis) {
      millis += byMillis;
    }
  }

  /** What the engine was told. */
  protected static final class Told implements DirectoryListener {
    public final List<ProcessSource> changed = new ArrayList<>();
    public final List<Long> removed = new ArrayList<>();

    @Override
    public synchronized void processChanged(ProcessSource source) {
      changed.add(source);
    }

    @Override
    public synchronized void processRemoved(long processId, long version) {
      removed.add(processId);
    }

    public ProcessSource last(long processId) {
      return changed.stream().filter(s -> s.processId() == processId).toList().getLast();
    }
  }

  @BeforeEach
  void openWorkspace() {
    workspace =
        Workspace.open(
            database.fresh(
                WorkspaceSettings.embedded(home, clock)
                    .withSchemeCheck((draft, imported) -> check.check(draft))));
    workspace.users().bootstrapAdministrator("correct horse");
    admin = workspace.users().findByLogin("admin").orElseThrow().id();
    ann = workspace.apiKeys().create(admin, "Ann", "").key().id();
    bob = workspace.apiKeys().create(admin, "Bob", "").key().id();
    workspace.directory().addListener(told);
  }

  @AfterEach
  void closeWorkspace() {
    if (workspace != null) {
      workspace.close();
    }
  }

  protected long folder(long actor, long parent, String title) {
    return workspace.folders().create(actor, parent, title, null).id();
  }

  protected ProcessInfo process(long actor, long folder, String title) {
    return workspace
        .processes()
        .create(actor, new NewProcess(folder, title, null, false, ProcessStatus.ACTIVE, true));
  }

  protected static NodeEdit node(int objType, String title) {
    return new NodeEdit(objType, title, null, null, null, null, null, null, null, null);
  }

  protected static NodeEdit logics(String json) {
    return new NodeEdit(null, null, null, json(json), null, null, null, null, null, null);
  }

  protected static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  protected static WorkspaceException refusal(ThrowingCallable action) {
    return Assertions.catchThrowableOfType(WorkspaceException.class, action);
  }
}
