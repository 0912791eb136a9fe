package io.millrace.workspace.people;

/** Who acts, owns and is granted rights: a person or an API key. */
public sealed interface Principal permits User, ApiKey {
  long id();

  String title();

  /** What they sign in with: a person's login name, a key's 24 hexadecimal digits. */
  String login();

  boolean administrator();

  PrincipalStatus status();
}
