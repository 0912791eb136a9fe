package io.millrace.workspace.exchange;

/**
 * A finished export.
 *
 * @param name the file's name
 * @param contentType its media type
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
public record ExportFile(String name, String contentType, byte[] content) {
  @Override
  public String toString() {
    return "ExportFile[" + name + ", " + content.length + " bytes]";
  }
}
