package io.millrace.workspace.folder;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.ObjectKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder or process as a list shows it.
 *
 * @param id its number
 * @param kind folder or process
 * @param parentId the folder it stands in
 * @param title for people
 * @param description for people
 * @param ownerId whose it is
 * @param ownerTitle the owner's title
 * @param ownerLogin the owner's login
 * @param owner whether the caller owns it
 * @param shared whether anyone was granted rights on it
 * @param favorite whether the caller marked it
 * @param privileges the caller's effective rights
 * @param createMillis when it was made
 * @param changeMillis when it was last changed
 * @param childCount how many objects a folder holds directly; 0 for a process
 * @param nodeCount how many nodes a process has; 0 for a folder
 * @param stateDiagram whether a process is a state diagram
 * @param status the status of a process; null for a folder
 * @param deployed whether a process has a confirmed version
 * @param draftVersion the newest open draft of a process, or null
 */
public record FolderItem(
    long id,
    ObjectKind kind,
    long parentId,
    String title,
    String description,
    long ownerId,
    String ownerTitle,
    String ownerLogin,
    boolean owner,
    boolean shared,
    boolean favorite,
    Set<Privilege> privileges,
    long createMillis,
    long changeMillis,
    int childCount,
    int nodeCount,
    boolean stateDiagram,
    @Nullable ProcessStatus status,
    boolean deployed,
    @Nullable Long draftVersion) {
  public FolderItem {
    privileges = Set.copyOf(privileges);
  }
}
