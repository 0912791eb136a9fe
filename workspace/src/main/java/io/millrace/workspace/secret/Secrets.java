package io.millrace.workspace.secret;

import java.util.Optional;

/** Named values that are stored encrypted, for other modules (channel credentials and the like). */
public final class Secrets {
  Secrets() {}

  public void put(String name, String plain) {
    throw new UnsupportedOperationException();
  }

  public Optional<String> get(String name) {
    throw new UnsupportedOperationException();
  }

  public boolean remove(String name) {
    throw new UnsupportedOperationException();
  }
}
