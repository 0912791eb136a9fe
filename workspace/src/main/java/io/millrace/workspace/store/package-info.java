/** Connection, transactions, schema migrations, and the one exception family of the module. */
@NullMarked
package io.millrace.workspace.store;

import org.jspecify.annotations.NullMarked;
