package io.millrace.workspace.rights;

import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Computes rights within one transaction, reading every folder, grant and group at most once. The
 * rule: the owner of an object or of any folder above it, and administrators, have all rights;
 * others have what they, or a group of theirs, were given on the object or above it.
 */
public final class Access {
  private static final int BITS_ALL = 15;

  /** Everyone may look into the root and put objects there; nothing below is reached by this. */
  private static final Set<Privilege> ON_ROOT = EnumSet.of(Privilege.VIEW, Privilege.CREATE);

  private final Handle handle;
  private final Map<Long, Optional<Place>> places = new HashMap<>();
  private final Map<Long, Map<Long, Integer>> grants = new HashMap<>();
  private final Map<Long, Set<Long>> identities = new HashMap<>();
  private final Map<Long, Set<Long>> members = new HashMap<>();
  private @Nullable Set<Long> administrators;
  private boolean grantsComplete;

  public Access(Handle handle) {
    this.handle = handle;
  }

  /** Reads the whole tree and all grants at once: for questions about many objects. */
  public Access preload() {
    handle
        .createQuery("SELECT id, parent_id, owner_id FROM item")
        .map((row, c) -> Map.entry(row.getLong(1), new Place(row.getLong(2), row.getLong(3))))
        .forEach(entry -> places.put(entry.getKey(), Optional.of(entry.getValue())));
    handle
        .createQuery("SELECT item_id, grantee_id, privileges FROM access_grant")
        .map((row, c) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
        .forEach(
            row -> grants.computeIfAbsent(row[0], id -> new HashMap<>()).put(row[1], (int) row[2]));
    grantsComplete = true;
    return this;
  }

  /** Remembers rows that were read anyway. */
  public Access know(Collection<Item> items) {
    items.forEach(i -> places.put(i.id(), Optional.of(new Place(i.parentId(), i.ownerId()))));
    return this;
  }

  public Set<Privilege> effective(long principalId, long objectId) {
    if (isAdministrator(principalId)) {
      return Privilege.ALL;
    }
    Set<Long> identity = identities.computeIfAbsent(principalId, this::readIdentity);
    int bits = 0;
    long id = objectId;
    Optional<Place> place = place(id);
    while (place.isPresent() && bits != BITS_ALL) {
      if (id != Items.ROOT && place.get().ownerId() == principalId) {
        return Privilege.ALL;
      }
      for (Map.Entry<Long, Integer> grant : grantsOn(id).entrySet()) {
        bits |= identity.contains(grant.getKey()) ? grant.getValue() : 0;
      }
      id = place.get().parentId();
      place = place(id);
    }
    Set<Privilege> privileges = Bits.read(bits);
    if (objectId == Items.ROOT) {
      privileges.addAll(ON_ROOT);
    }
    return privileges;
  }

  public boolean allows(long principalId, long objectId, Privilege privilege) {
    return effective(principalId, objectId).contains(privilege);
  }

  /** Every principal with the create right on this object, in order. */
  public Set<Long> creators(long objectId) {
    Set<Long> found = new TreeSet<>(administrators());
    long id = objectId;
    for (Optional<Place> place = place(id); place.isPresent(); place = place(id)) {
      if (id != Items.ROOT) {
        found.add(place.get().ownerId());
      }
      for (Map.Entry<Long, Integer> grant : grantsOn(id).entrySet()) {
        if ((grant.getValue() & Bits.of(Privilege.CREATE)) != 0) {
          found.addAll(membersOrSelf(grant.getKey()));
        }
      }
      id = place.get().parentId();
    }
    found.remove(Rights.SYSTEM);
    return found;
  }

  /** Whether the principal owns the object or a folder above it. */
  public boolean ownsAbove(long principalId, long objectId) {
    long id = objectId;
    for (Optional<Place> place = place(id); place.isPresent(); place = place(id)) {
      if (id != Items.ROOT && place.get().ownerId() == principalId) {
        return true;
      }
      id = place.get().parentId();
    }
    return false;
  }

  public boolean isAdministrator(long principalId) {
    return principalId == Rights.SYSTEM || administrators().contains(principalId);
  }

  private Set<Long> administrators() {
    Set<Long> known = administrators;
    if (known == null) {
      known =
          new TreeSet<>(
              handle
                  .createQuery("SELECT id FROM principal WHERE administrator = TRUE")
                  .mapTo(Long.class)
                  .list());
      administrators = known;
    }
    return known;
  }

  private Optional<Place> place(long id) {
    return places.computeIfAbsent(
        id,
        wanted ->
            handle
                .select("SELECT parent_id, owner_id FROM item WHERE id = ?", wanted)
                .map((row, context) -> new Place(row.getLong(1), row.getLong(2)))
                .findOne());
  }

  private Map<Long, Integer> grantsOn(long id) {
    if (grantsComplete) {
      return grants.getOrDefault(id, Map.of());
    }
    return grants.computeIfAbsent(id, this::readGrants);
  }

  private Map<Long, Integer> readGrants(long id) {
    Map<Long, Integer> found = new LinkedHashMap<>();
    handle
        .select("SELECT grantee_id, privileges FROM access_grant WHERE item_id = ?", id)
        .map((row, context) -> Map.entry(row.getLong(1), row.getInt(2)))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /** The principal and its groups. */
  private Set<Long> readIdentity(long principalId) {
    Set<Long> found =
        new TreeSet<>(
            handle
                .select("SELECT group_id FROM group_member WHERE principal_id = ?", principalId)
                .mapTo(Long.class)
                .list());
    found.add(principalId);
    return found;
  }

  private Set<Long> membersOrSelf(long granteeId) {
    return members.computeIfAbsent(
        granteeId,
        id -> {
          boolean group =
              handle
                      .select("SELECT COUNT(*) FROM principal_group WHERE id = ?", id)
                      .mapTo(Integer.class)
                      .one()
                  > 0;
          return group
              ? new TreeSet<>(
                  handle
                      .select("SELECT principal_id FROM group_member WHERE group_id = ?", id)
                      .mapTo(Long.class)
                      .list())
              : Set.of(id);
        });
  }

  private record Place(long parentId, long ownerId) {}
}
