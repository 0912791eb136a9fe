package io.millrace.workspace.rights;

import java.util.Set;

/**
 * What one user, key or group was given on one object.
 *
 * @param granteeId the principal or group
 * @param group whether it is a group
 * @param title the grantee's title
 * @param login the grantee's login; empty for a group
 * @param privileges what was given
 */
public record Grant(
    long granteeId, boolean group, String title, String login, Set<Privilege> privileges) {
  public Grant {
    privileges = Set.copyOf(privileges);
  }
}
