/** Sign-in, sessions, API keys and signatures: answers who is asking. */
@NullMarked
package io.millrace.server.session;

import org.jspecify.annotations.NullMarked;
