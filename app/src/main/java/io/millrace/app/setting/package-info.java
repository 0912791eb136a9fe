/** Every setting, declared once; layered, checked, and documented from the declarations. */
@NullMarked
package io.millrace.app.setting;

import org.jspecify.annotations.NullMarked;
