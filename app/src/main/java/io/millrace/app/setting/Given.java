package io.millrace.app.setting;

/**
 * A value as somebody gave it.
 *
 * @param name the setting's name, as given (an environment variable's is already translated where
 *     it belongs to a known setting)
 * @param text the value
 * @param origin where, for people
 */
record Given(String name, String text, String origin) {}
