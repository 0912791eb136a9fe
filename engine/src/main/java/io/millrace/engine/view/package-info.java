/** What readers get to see of a partition's state, as data. */
@NullMarked
package io.millrace.engine.view;

import org.jspecify.annotations.NullMarked;
