-- Portable between H2 and PostgreSQL: unquoted lower-case names, no vendor types or upserts.
-- All times are Unix milliseconds. Numbers of all objects come from counter 'id'.

CREATE TABLE counter (
  name VARCHAR(32) PRIMARY KEY,
  number BIGINT NOT NULL
);
INSERT INTO counter (name, number) VALUES ('id', 999);
INSERT INTO counter (name, number) VALUES ('directory', 0);

CREATE TABLE secret (
  name VARCHAR(255) PRIMARY KEY,
  sealed TEXT NOT NULL
);

CREATE TABLE principal (
  id BIGINT PRIMARY KEY,
  kind VARCHAR(8) NOT NULL,
  title VARCHAR(255) NOT NULL,
  administrator BOOLEAN NOT NULL,
  status VARCHAR(8) NOT NULL,
  create_millis BIGINT NOT NULL
);

CREATE TABLE person (
  principal_id BIGINT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  login VARCHAR(255) NOT NULL UNIQUE,
  password_hash VARCHAR(512) NOT NULL
);

CREATE TABLE api_key (
  principal_id BIGINT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  login_id BIGINT NOT NULL UNIQUE,
  login VARCHAR(24) NOT NULL UNIQUE,
  description VARCHAR(2000) NOT NULL,
  owner_id BIGINT NOT NULL,
  skew_check BOOLEAN NOT NULL,
  sealed_secret VARCHAR(512) NOT NULL
);

CREATE TABLE principal_group (
  id BIGINT PRIMARY KEY,
  title VARCHAR(255) NOT NULL,
  description VARCHAR(2000) NOT NULL,
  owner_id BIGINT NOT NULL,
  create_millis BIGINT NOT NULL
);

CREATE TABLE group_member (
  group_id BIGINT NOT NULL REFERENCES principal_group (id) ON DELETE CASCADE,
  principal_id BIGINT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, principal_id)
);
CREATE INDEX group_member_principal ON group_member (principal_id);

CREATE TABLE browser_session (
  token_hash VARCHAR(64) PRIMARY KEY,
  principal_id BIGINT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  csrf_token VARCHAR(64) NOT NULL,
  create_millis BIGINT NOT NULL,
  expire_millis BIGINT NOT NULL
);
CREATE INDEX browser_session_expire ON browser_session (expire_millis);

CREATE TABLE sign_in_throttle (
  subject VARCHAR(80) PRIMARY KEY,
  failures INTEGER NOT NULL,
  blocked_until_millis BIGINT NOT NULL,
  last_millis BIGINT NOT NULL
);
CREATE INDEX sign_in_throttle_last ON sign_in_throttle (last_millis);

-- Folders and processes alike: what the tree, the rights and the trash need.
CREATE TABLE item (
  id BIGINT PRIMARY KEY,
  kind VARCHAR(8) NOT NULL,
  parent_id BIGINT NOT NULL,
  title VARCHAR(255) NOT NULL,
  description VARCHAR(2000) NOT NULL,
  owner_id BIGINT NOT NULL,
  uuid VARCHAR(64) NOT NULL,
  create_millis BIGINT NOT NULL,
  change_millis BIGINT NOT NULL,
  deleted_millis BIGINT,
  deleted_root BIGINT,
  extra_keys TEXT NOT NULL
);
CREATE INDEX item_parent ON item (parent_id);
CREATE INDEX item_owner ON item (owner_id);
INSERT INTO item (id, kind, parent_id, title, description, owner_id, uuid,
                  create_millis, change_millis, extra_keys)
  VALUES (0, 'FOLDER', -1, 'Root', '', 0, '', 0, 0, '{}');

CREATE TABLE favorite (
  principal_id BIGINT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  item_id BIGINT NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  PRIMARY KEY (principal_id, item_id)
);

-- privileges: bits 1 view, 2 create, 4 modify, 8 delete. The grantee is a principal or a group.
CREATE TABLE access_grant (
  item_id BIGINT NOT NULL REFERENCES item (id) ON DELETE CASCADE,
  grantee_id BIGINT NOT NULL,
  privileges INTEGER NOT NULL,
  PRIMARY KEY (item_id, grantee_id)
);
CREATE INDEX access_grant_grantee ON access_grant (grantee_id);

-- scheme_frame: the scheme without its nodes; nodes: the confirmed ones, NULL when there are none.
CREATE TABLE process (
  id BIGINT PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
  state_diagram BOOLEAN NOT NULL,
  status VARCHAR(8) NOT NULL,
  blocked_reason VARCHAR(2000) NOT NULL,
  params TEXT NOT NULL,
  ref_mask BOOLEAN NOT NULL,
  url_hash VARCHAR(40),
  scheme_frame TEXT NOT NULL,
  nodes TEXT,
  node_count INTEGER NOT NULL,
  change_stamp BIGINT NOT NULL,
  confirmed_version BIGINT NOT NULL,
  directory_version BIGINT NOT NULL
);

CREATE TABLE process_version (
  process_id BIGINT NOT NULL REFERENCES process (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  create_millis BIGINT NOT NULL,
  note VARCHAR(2000) NOT NULL,
  nodes TEXT NOT NULL,
  PRIMARY KEY (process_id, version)
);

CREATE TABLE draft (
  process_id BIGINT NOT NULL REFERENCES process (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  create_millis BIGINT NOT NULL,
  PRIMARY KEY (process_id, version)
);

CREATE TABLE draft_node (
  process_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  node_id VARCHAR(24) NOT NULL,
  ordinal INTEGER NOT NULL,
  deleted BOOLEAN NOT NULL,
  user_id BIGINT NOT NULL,
  change_millis BIGINT NOT NULL,
  node TEXT NOT NULL,
  PRIMARY KEY (process_id, version, node_id),
  FOREIGN KEY (process_id, version) REFERENCES draft (process_id, version) ON DELETE CASCADE
);
