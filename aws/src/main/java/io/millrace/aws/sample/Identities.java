package io.millrace.aws.sample;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** The shapes of {@code userIdentity}. */
final class Identities {
  private Identities() {}

  /** An IAM user with a long-term key. */
  static ObjectNode user(Account account, String name, String accessKeyId) {
    return Json.object(
        """
        {'type':'IAMUser','principalId':'%s','arn':'arn:aws:iam::%s:user/%s','accountId':'%s',\
        'accessKeyId':'%s','userName':'%s'}\
        """,
        Ids.principal("AIDA", name), account.id(), name, account.id(), accessKeyId, name);
  }

  /** An IAM user in a console session. */
  static ObjectNode consoleUser(Account account, String name, Instant since, boolean mfa) {
    ObjectNode identity = user(account, name, Ids.principal("ASIA", name + since));
    identity.set(
        "sessionContext",
        Json.of(
            """
            {'sessionIssuer':{},'webIdFederationData':{},\
            'attributes':{'creationDate':'%s','mfaAuthenticated':'%s'}}\
            """,
            since, mfa));
    return identity;
  }

  /** An IAM user at the sign-in page: no key yet, and no ARN when it did not get in. */
  static ObjectNode signIn(Account account, String name, boolean known) {
    ObjectNode identity =
        Json.object(
            "{'type':'IAMUser','principalId':'%s','accountId':'%s','accessKeyId':'','userName':'%s'}",
            Ids.principal("AIDA", name), account.id(), name);
    if (!known) {
      identity.remove("principalId");
    }
    return identity;
  }

  static ObjectNode root(Account account) {
    return Json.object(
        """
        {'type':'Root','principalId':'%s','arn':'arn:aws:iam::%s:root','accountId':'%s',\
        'accessKeyId':'','userName':'%s'}\
        """,
        account.id(), account.id(), account.id(), account.alias());
  }

  /** A session of a role. */
  static ObjectNode role(Account account, String role, String session, Instant since) {
    String id = Ids.principal("AROA", role);
    return Json.object(
        """
        {'type':'AssumedRole','principalId':'%s:%s',\
        'arn':'arn:aws:sts::%s:assumed-role/%s/%s','accountId':'%s','accessKeyId':'%s',\
        'sessionContext':{'sessionIssuer':{'type':'Role','principalId':'%s',\
        'arn':'arn:aws:iam::%s:role/%s','accountId':'%s','userName':'%s'},\
        'webIdFederationData':{},\
        'attributes':{'creationDate':'%s','mfaAuthenticated':'false'}}}\
        """,
        id,
        session,
        account.id(),
        role,
        session,
        account.id(),
        Ids.principal("ASIA", role + session + since),
        id,
        account.id(),
        rolePath(role),
        account.id(),
        role,
        since);
  }

  private static String rolePath(String role) {
    return role.startsWith("AWSReservedSSO_") ? "aws-reserved/sso.amazonaws.com/" + role : role;
  }

  /** A service that acts by itself. */
  static ObjectNode service(String name) {
    return Json.object("{'type':'AWSService','invokedBy':'%s'}", name);
  }

  /** The account, in events that a service reports. */
  static ObjectNode serviceEvent(Account account, String invokedBy) {
    return Json.object("{'accountId':'%s','invokedBy':'%s'}", account.id(), invokedBy);
  }
}
