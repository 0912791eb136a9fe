package io.millrace.runtime.host;

/**
 * How a host is.
 *
 * @param accepting whether it takes commands
 * @param reason why it does not; empty when it does
 * @param partitions how many it runs
 * @param inboxCommands commands waiting now, over all partitions
 * @param inboxCommandsMax bound of the above
 * @param pendingEffects effects started and not finished
 * @param liveTasks tasks that are not finished
 * @param tasksFinished tasks finished since the host started
 * @param commands commands applied since the host started
 * @param commits durable commits since the host started
 * @param commitMicrosMean mean time of a commit, exponentially smoothed, microseconds
 */
public record HostStatus(
    boolean accepting,
    String reason,
    int partitions,
    long inboxCommands,
    long inboxCommandsMax,
    long pendingEffects,
    long liveTasks,
    long tasksFinished,
    long commands,
    long commits,
    double commitMicrosMean) {}
