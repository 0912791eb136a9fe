package io.millrace.workspace.people;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The people of the installation and their passwords. */
public final class Users {
  Users() {}

  /**
   * Creates the first administrator ({@code admin}) when there is no user yet.
   *
   * @param password the password, or null to generate one
   * @return the password in plain, once; empty when users existed already
   */
  public Optional<String> bootstrapAdministrator(@Nullable String password) {
    throw new UnsupportedOperationException();
  }

  public User create(String login, String title, String password, boolean administrator) {
    throw new UnsupportedOperationException();
  }

  public User rename(long userId, String title) {
    throw new UnsupportedOperationException();
  }

  public void changePassword(long userId, String password) {
    throw new UnsupportedOperationException();
  }

  public User setStatus(long userId, PrincipalStatus status) {
    throw new UnsupportedOperationException();
  }

  public User setAdministrator(long userId, boolean administrator) {
    throw new UnsupportedOperationException();
  }

  /** Removes a user; what they owned passes to {@code heirId}. */
  public void delete(long userId, long heirId) {
    throw new UnsupportedOperationException();
  }

  public List<User> list() {
    throw new UnsupportedOperationException();
  }

  public Optional<User> find(long userId) {
    throw new UnsupportedOperationException();
  }

  public Optional<User> findByLogin(String login) {
    throw new UnsupportedOperationException();
  }
}
