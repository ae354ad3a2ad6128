package net.testudo.lab.faults;

/// The record of an election, as the rpc `explain-election` explains it.
///
/// @param epoch that was won
/// @param eventId under which the event log, SNMP and the log of the device know it
/// @param winner number of the device in the lab
/// @param from the master before, by its number in the lab; 0 if there was none
/// @param reason in the words of the module testudo-event-log
/// @param cause the same in words
/// @param durationUs from when the old master was last heard until the new one served; 0 if the record does not say it
record Election(long epoch, String eventId, int winner, int from, String reason, String cause, long durationUs) {
    @Override
    public String toString() {
        return "epoch %d: %d -> %d, %s (%s), record %s".formatted(epoch, from, winner, reason, cause, eventId);
    }
}
