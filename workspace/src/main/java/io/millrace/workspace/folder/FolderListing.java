package io.millrace.workspace.folder;

import java.util.List;

/**
 * A folder's content.
 *
 * @param id the folder
 * @param parentId the folder above, 0 for the root
 * @param parentTitle its title, empty for the root
 * @param items what the caller may see
 */
public record FolderListing(long id, long parentId, String parentTitle, List<FolderItem> items) {
  public FolderListing {
    items = List.copyOf(items);
  }
}
