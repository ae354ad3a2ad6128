package net.testudo.element.wire.cluster;

import java.util.List;
import net.testudo.element.management.Capacity;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// A device's periodic report to all others (MON-02..05): what it holds, whom it follows, whom it hears.
///
/// @param device number of the sender
/// @param bootId of its process, ascending over its restarts
/// @param sendNs the sender's clock when it was sent; receivers echo it
/// @param leaseNs the lease that the sender uses
/// @param promisedEpoch the highest epoch it promised
/// @param follows the master it follows, itself if it is master, 0 if none
/// @param flags see the constants
/// @param masterEpoch the epoch it holds as master
/// @param releasedEpoch the highest epoch it gave up for good
/// @param claim the epoch it holds or seeks, else 0
/// @param decidedNumber of its newest decided revision that is on its disk
/// @param lapse how often its lease lapsed
/// @param suspended the devices whose suspension it stored
/// @param backup as master: the backup master it appointed
/// @param standby as master: the devices in the role standby
/// @param clusterAgeNs how long the cluster runs
/// @param health 0 to 100
/// @param capacity of its hardware
/// @param flows it owns
/// @param version of its software
/// @param inForce what it works with, as it read it back (VER-06, MON-05)
/// @param orphans by which its list of orphans is told from another one, 0 if it has none
/// @param echoes whom it hears
/// @param clock what it says of clocks (FRM-13); unknown before version 2
/// @param voterChange the undecided change of voters that it stored; none if it does not say, as before version 2
/// @param heardOn the members that it hears, for each path; empty if it does not say, as before version 2
public record StatusMessage(
        int device,
        long bootId,
        long sendNs,
        long leaseNs,
        long promisedEpoch,
        int follows,
        int flags,
        long masterEpoch,
        long releasedEpoch,
        long claim,
        long decidedNumber,
        long lapse,
        DeviceSet suspended,
        int backup,
        DeviceSet standby,
        long clusterAgeNs,
        int health,
        Capacity capacity,
        long flows,
        String version,
        InForce inForce,
        long orphans,
        List<Echo> echoes,
        ClockReading clock,
        VoterChangeMark voterChange,
        List<DeviceSet> heardOn) {
    /// The sender is master of `masterEpoch`.
    public static final int MASTER = 1;
    /// Its epoch was taken without a majority.
    public static final int ALONE = 2;
    /// As master: the pair is in sync, so that either may go on alone.
    public static final int PAIR_IN_SYNC = 4;
    /// It gave its last epoch up because the operator asked for it.
    public static final int HANDED_OVER = 8;
    /// The sender's stored vote is void: it started from an older image.
    public static final int VOTE_VOID = 16;
    /// The sender's pair mark `in-sync` is set.
    public static final int IN_SYNC = 32;
    /// The sender asks to be relieved of its role (FOC-14).
    public static final int ASKS_RELIEF = 64;
    /// The sender could not write its state when it last had to: it can promise nothing now.
    public static final int STORE_FAILED = 128;

    /// That the sender of the status hears `device`.
    ///
    /// @param device heard
    /// @param bootId of the device heard
    /// @param sendNs of the newest status heard from it, in its clock; [#NOT_HEARD] if it is not reported
    public record Echo(int device, long bootId, long sendNs) {
        /// The device is suspended: it is heard perhaps, but not reported.
        public static final long NOT_HEARD = Long.MIN_VALUE;

        static Echo parse(OctetReader in) {
            return new Echo(in.u8(), in.i64(), in.i64());
        }
    }

    /// Whether `flag` is set.
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// What the sender reports of `device`, or null if nothing.
    public @Nullable Echo echoOf(int device) {
        for (Echo echo : echoes) {
            if (echo.device == device) {
                return echo;
            }
        }
        return null;
    }

    /// The same from a sender that says where it hears whom.
    public StatusMessage withHeardOn(List<DeviceSet> heardByPath) {
        return new StatusMessage(
                device,
                bootId,
                sendNs,
                leaseNs,
                promisedEpoch,
                follows,
                flags,
                masterEpoch,
                releasedEpoch,
                claim,
                decidedNumber,
                lapse,
                suspended,
                backup,
                standby,
                clusterAgeNs,
                health,
                capacity,
                flows,
                version,
                inForce,
                orphans,
                echoes,
                clock,
                voterChange,
                heardByPath);
    }

    /// @param spoken version of the protocol in which it is said
    public byte[] toOctets(int spoken) {
        OctetWriter out = new OctetWriter(192);
        out.u8(device)
                .i64(bootId)
                .i64(sendNs)
                .i64(leaseNs)
                .i64(promisedEpoch)
                .u8(follows)
                .u8(flags);
        out.i64(masterEpoch).i64(releasedEpoch).i64(claim).i64(decidedNumber).i64(lapse);
        out.i64(suspended.bits())
                .u8(backup)
                .i64(standby.bits())
                .i64(clusterAgeNs)
                .u8(health)
                .u8(capacity.load())
                .u16(capacity.processors())
                .u32(capacity.linkMbps())
                .i64(flows)
                .text(version);
        inForce.emit(out);
        out.i64(orphans).u16(echoes.size());
        for (Echo echo : echoes) {
            out.u8(echo.device).i64(echo.bootId).i64(echo.sendNs);
        }
        if (spoken >= ClockReading.VERSION) {
            clock.emit(out);
        }
        if (spoken >= VoterChangeMark.VERSION) {
            voterChange.emit(out);
        }
        if (spoken >= ClockReading.VERSION) {
            out.u16(heardOn.size());
            heardOn.forEach(heard -> out.i64(heard.bits()));
        }
        return out.toOctets();
    }

    /// The message, or null if the octets are malformed.
    ///
    /// @param spoken version of the protocol in which it was said
    public static @Nullable StatusMessage parse(OctetReader in, int spoken) {
        StatusMessage status = new StatusMessage(
                in.u8(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.u8(),
                in.u8(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                RevisionHeader.devices(in),
                in.u8(),
                RevisionHeader.devices(in),
                in.i64(),
                in.u8(),
                new Capacity(in.u8(), in.u16(), in.u32()),
                in.i64(),
                in.text(),
                InForce.parse(in),
                in.i64(),
                in.list(Echo::parse),
                spoken >= ClockReading.VERSION ? ClockReading.parse(in) : ClockReading.UNKNOWN,
                spoken >= VoterChangeMark.VERSION ? VoterChangeMark.parse(in) : VoterChangeMark.NONE,
                spoken >= ClockReading.VERSION ? in.list(RevisionHeader::devices) : List.of());
        boolean sane = status.device >= 1 && status.device <= DeviceSet.DEVICE_MAX && status.leaseNs > 0;
        boolean measurable = status.health <= 100 && status.capacity.load() <= 100 && status.capacity.linkMbps() >= 0;
        return in.complete() && sane && measurable ? status : null;
    }
}
