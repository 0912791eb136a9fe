package io.millrace.workspace.people;

import java.util.List;
import java.util.Optional;

/** Groups of principals; membership counts for rights at once. */
public final class Groups {
  Groups() {}

  public Group create(long ownerId, String title, String description) {
    throw new UnsupportedOperationException();
  }

  public Group modify(long groupId, String title, String description) {
    throw new UnsupportedOperationException();
  }

  public void delete(long groupId) {
    throw new UnsupportedOperationException();
  }

  public List<Group> list() {
    throw new UnsupportedOperationException();
  }

  public Optional<Group> find(long groupId) {
    throw new UnsupportedOperationException();
  }

  public void addMember(long groupId, long principalId) {
    throw new UnsupportedOperationException();
  }

  public void removeMember(long groupId, long principalId) {
    throw new UnsupportedOperationException();
  }

  public List<Principal> members(long groupId) {
    throw new UnsupportedOperationException();
  }

  public List<Group> groupsOf(long principalId) {
    throw new UnsupportedOperationException();
  }
}
