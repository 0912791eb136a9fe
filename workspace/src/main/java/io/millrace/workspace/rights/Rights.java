package io.millrace.workspace.rights;

import java.util.List;
import java.util.Set;

/** Who may do what. Effective rights are served from memory and follow every change at once. */
public final class Rights {
  /** The installation itself as an actor: all rights; owns nothing. */
  public static final long SYSTEM = 0;

  Rights() {}

  /** Own, granted and inherited rights; all for owners and administrators. */
  public Set<Privilege> effective(long principalId, long objectId) {
    throw new UnsupportedOperationException();
  }

  public boolean allows(long principalId, long objectId, Privilege privilege) {
    throw new UnsupportedOperationException();
  }

  /** Refuses with ACCESS unless allowed, with NOT_FOUND when there is no such object. */
  public void require(long principalId, long objectId, Privilege privilege) {
    throw new UnsupportedOperationException();
  }

  /** The grants on the object itself, without inherited ones. */
  public List<Grant> grants(long actorId, long objectId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Replaces what a grantee has on an object; the empty set revokes. Only the owner and
   * administrators may. A key may be named by its numeric login, too.
   *
   * @return the grant as it is now
   */
  public Grant link(long actorId, long objectId, long granteeId, Set<Privilege> privileges) {
    throw new UnsupportedOperationException();
  }

  /** Every principal that may create tasks in a process. */
  public List<Long> taskUsers(long processId) {
    throw new UnsupportedOperationException();
  }
}
