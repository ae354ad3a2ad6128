package net.testudo.sim.check;

import java.util.List;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimWorld;

/// All checkers of one run.
///
/// @param oneMaster no two masters at a moment
/// @param oneMasterPerEpoch no two masters in an epoch
/// @param oneLine one line of revisions
/// @param commitsKept acknowledged commits stay, refused ones never appear
/// @param linearizable commits and reads stand in one order
/// @param oneAnswer every request is answered once
/// @param framesInLease nothing leaves without a lease
/// @param oneOwner no two devices carry a flow
/// @param noDoubles no packet comes out twice
/// @param natStable translations stay
/// @param portsOnce no port is lent twice
/// @param oneLog one event log
/// @param clockOffsets estimates of clocks are as exact as they say
public record Checkers(
        OneMaster oneMaster,
        OneMasterPerEpoch oneMasterPerEpoch,
        OneLine oneLine,
        CommitsKept commitsKept,
        Linearizable linearizable,
        OneAnswer oneAnswer,
        FramesInLease framesInLease,
        OneOwner oneOwner,
        NoDoubles noDoubles,
        NatStable natStable,
        PortsOnce portsOnce,
        OneLog oneLog,
        ClockOffsets clockOffsets) {
    /// New checkers that watch `world`.
    public static Checkers on(SimWorld world) {
        Checkers checkers = new Checkers(
                new OneMaster(world),
                new OneMasterPerEpoch(),
                new OneLine(),
                new CommitsKept(),
                new Linearizable(world),
                new OneAnswer(),
                new FramesInLease(),
                new OneOwner(world),
                new NoDoubles(),
                new NatStable(),
                new PortsOnce(world),
                new OneLog(),
                new ClockOffsets(world));
        checkers.all().forEach(world::observe);
        return checkers;
    }

    private List<Observer> all() {
        return List.of(
                oneMaster,
                oneMasterPerEpoch,
                oneLine,
                commitsKept,
                linearizable,
                oneAnswer,
                framesInLease,
                oneOwner,
                noDoubles,
                natStable,
                portsOnce,
                oneLog,
                clockOffsets);
    }
}
