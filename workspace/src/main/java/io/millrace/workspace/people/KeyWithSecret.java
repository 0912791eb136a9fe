package io.millrace.workspace.people;

/**
 * An API key with its secret in plain, for showing it to its owner and for checking signatures.
 *
 * @param key the key
 * @param secret 48 characters of {@code [A-Za-z0-9]}
 */
public record KeyWithSecret(ApiKey key, String secret) {
  /** Without the secret, so that a log cannot leak it. */
  @Override
  public String toString() {
    return "KeyWithSecret[" + key + "]";
  }
}
