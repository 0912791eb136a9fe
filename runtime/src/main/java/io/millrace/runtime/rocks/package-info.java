/** The state port on RocksDB: overlay, one synced batch per commit, readers, key layout. */
@NullMarked
package io.millrace.runtime.rocks;

import org.jspecify.annotations.NullMarked;
