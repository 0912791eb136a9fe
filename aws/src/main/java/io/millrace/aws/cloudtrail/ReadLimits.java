package io.millrace.aws.cloudtrail;

/**
 * What a log file may cost to read.
 *
 * @param recordBytesMax text of one record; larger ones are skipped and reported
 * @param textBytesMax text of one file, decompressed
 * @param ratioMax text bytes per compressed byte, watched after the first {@value
 *     #RATIO_FREE_BYTES}
 * @param depthMax nesting within one record; deeper ones are skipped and reported
 * @param problemsMax how many skipped records are kept with their reason; all are counted
 */
public record ReadLimits(
    int recordBytesMax, long textBytesMax, int ratioMax, int depthMax, int problemsMax) {

  /** Small files may compress as well as they like: they cannot hurt. */
  static final long RATIO_FREE_BYTES = 32L << 20;

  /**
   * CloudTrail's own bounds (record 1 MB, object 50 MB compressed) with room to spare. Log text
   * compresses 10 to 20 times, a bomb about 1 000 times.
   */
  public static final ReadLimits DEFAULT = new ReadLimits(4 << 20, 2L << 30, 200, 100, 100);

  public ReadLimits {
    if (recordBytesMax < 1 || textBytesMax < 1 || ratioMax < 1 || depthMax < 1 || problemsMax < 1) {
      throw new IllegalArgumentException(
          "Expected positive read limits, but got "
              + recordBytesMax
              + ", "
              + textBytesMax
              + ", "
              + ratioMax
              + ", "
              + depthMax
              + ", "
              + problemsMax);
    }
  }
}
