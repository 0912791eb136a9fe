package io.millrace.aws.sample;

/** An account of the made-up company; the numbers are the ones AWS uses in examples. */
record Account(String id, String alias) {
  static final Account PRODUCTION = new Account("111122223333", "brightmill-production");
  static final Account STAGING = new Account("444455556666", "brightmill-staging");
  static final Account TOOLING = new Account("123456789012", "brightmill-tooling");
}
