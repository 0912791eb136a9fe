package io.millrace.workspace.people;

import java.util.List;
import java.util.Optional;

/** The API keys; secrets are stored encrypted and come out only through {@link KeyWithSecret}. */
public final class ApiKeys {
  ApiKeys() {}

  public KeyWithSecret create(long ownerId, String title, String description) {
    throw new UnsupportedOperationException();
  }

  /** Makes sure that a key with this numeric login and secret exists, with administrator rights. */
  public ApiKey ensureApiKey(long loginId, String secret) {
    throw new UnsupportedOperationException();
  }

  public ApiKey modify(long keyId, String title, String description) {
    throw new UnsupportedOperationException();
  }

  public ApiKey setSkewCheck(long keyId, boolean skewCheck) {
    throw new UnsupportedOperationException();
  }

  public ApiKey setStatus(long keyId, PrincipalStatus status) {
    throw new UnsupportedOperationException();
  }

  /** Replaces the secret; the old one stops working at once. */
  public KeyWithSecret rotate(long keyId) {
    throw new UnsupportedOperationException();
  }

  /** Removes a key; what it owned passes to {@code heirId}. */
  public void delete(long keyId, long heirId) {
    throw new UnsupportedOperationException();
  }

  public List<ApiKey> list() {
    throw new UnsupportedOperationException();
  }

  public Optional<ApiKey> find(long keyId) {
    throw new UnsupportedOperationException();
  }

  /** Numeric login, 24 hexadecimal digits, or principal id. Served from memory. */
  public Optional<KeyWithSecret> findKeyByLogin(String login) {
    throw new UnsupportedOperationException();
  }

  /** The key with its secret, for showing it to its owner. */
  public Optional<KeyWithSecret> reveal(long keyId) {
    throw new UnsupportedOperationException();
  }
}
