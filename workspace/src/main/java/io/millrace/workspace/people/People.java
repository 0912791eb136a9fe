package io.millrace.workspace.people;

import io.millrace.workspace.secret.Sealer;
import io.millrace.workspace.store.Database;
import java.time.Duration;
import java.time.InstantSource;

/** The services of this package, put together. */
public record People(
    Users users, ApiKeys apiKeys, Groups groups, SignIn signIn, Principals principals) {
  public static People open(
      Database database, Sealer sealer, InstantSource clock, Duration sessionLifetime) {
    Passwords passwords = new Passwords();
    return new People(
        new Users(database, passwords, clock),
        new ApiKeys(database, sealer, clock),
        new Groups(database, clock),
        new SignIn(database, passwords, clock, sessionLifetime),
        new Principals(database));
  }
}
