package io.millrace.workspace.version;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change of a node, in the API's words; null leaves a member as it is.
 *
 * @param objType kind of node, 0 to 4
 * @param title for people
 * @param description for people
 * @param logics the whole new array
 * @param semaphores the whole new array
 * @param x position
 * @param y position
 * @param extra an object, or a string with JSON, or JSON null
 * @param options an object, or a string with JSON, or JSON null
 * @param stub answer of a stub node
 */
public record NodeEdit(
    @Nullable Integer objType,
    @Nullable String title,
    @Nullable String description,
    @Nullable JsonNode logics,
    @Nullable JsonNode semaphores,
    @Nullable Integer x,
    @Nullable Integer y,
    @Nullable JsonNode extra,
    @Nullable JsonNode options,
    @Nullable JsonNode stub) {}
