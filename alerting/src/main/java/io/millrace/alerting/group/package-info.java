/** Grouping: which alerts belong together, and when a group is worth another word. */
@NullMarked
package io.millrace.alerting.group;

import org.jspecify.annotations.NullMarked;
