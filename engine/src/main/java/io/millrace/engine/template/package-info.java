/** The template language: parser, compiled form, functions. */
@NullMarked
package io.millrace.engine.template;

import org.jspecify.annotations.NullMarked;
