package net.testudo.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.MacAddress;

/// N devices on a cluster network and two data networks; each data network has one host that is the witness and one
/// that traffic comes from and goes to.
public final class SimWorld {
    /// Names of the data networks.
    public static final List<String> DATA_NETWORKS = List.of("outside", "inside");

    private static final List<Ipv4Address> WITNESSES =
            List.of(new Ipv4Address(0xc633_64fe), new Ipv4Address(0xc000_02fe));
    private static final List<Ipv4Address> ENDS = List.of(new Ipv4Address(0xc633_6464), new Ipv4Address(0xc000_0264));
    private static final List<Ipv4Address> GATEWAYS =
            List.of(new Ipv4Address(0xc633_6401), new Ipv4Address(0xc000_0201));
    private static final int HOSTS_PER_NETWORK = 2;

    private final EventQueue queue = new EventQueue();
    private final Observers observers = new Observers();
    private final SplittableRandom random;
    private final SimNetwork cluster;
    private final List<SimNetwork> dataNetworks = new ArrayList<>();
    private final List<SimHost> witnesses = new ArrayList<>();
    private final List<SimHost> ends = new ArrayList<>();
    private final List<SimDevice> devices = new ArrayList<>();

    /// @param seed decides everything that happens by chance
    /// @param profiles of the devices, in the order of their numbers
    public SimWorld(long seed, List<DeviceProfile> profiles) {
        random = new SplittableRandom(seed);
        int attachments = profiles.size() + HOSTS_PER_NETWORK;
        cluster = new SimNetwork("cluster", queue, splitRandom(), attachments);
        for (String name : DATA_NETWORKS) {
            dataNetworks.add(new SimNetwork(name, queue, splitRandom(), attachments));
        }
        for (int i = 0; i < profiles.size(); i++) {
            devices.add(new SimDevice(i + 1, profiles.get(i), this));
        }
        for (int i = 0; i < dataNetworks.size(); i++) {
            MacAddress mac = new MacAddress(0x0200_0001_0000L | i);
            witnesses.add(new SimHost(dataNetworks.get(i), queue, mac, WITNESSES.get(i), GATEWAYS.get(i)));
        }
        for (int i = 0; i < dataNetworks.size(); i++) {
            MacAddress mac = new MacAddress(0x0200_0002_0000L | i);
            ends.add(new SimHost(dataNetworks.get(i), queue, mac, ENDS.get(i), GATEWAYS.get(i)));
        }
    }

    /// Simulated time and what is due.
    public EventQueue queue() {
        return queue;
    }

    /// A random stream of its own for one part of the world, so that what one part draws changes no other part.
    public SplittableRandom splitRandom() {
        return random.split();
    }

    /// Adds an observer of everything.
    public void observe(Observer observer) {
        observers.add(observer);
    }

    /// Reports a fault to the observers.
    public void fault(String what) {
        observers.onFault(what);
    }

    /// The cluster network.
    public SimNetwork cluster() {
        return cluster;
    }

    /// The data networks, in the order of [#DATA_NETWORKS].
    public List<SimNetwork> dataNetworks() {
        return dataNetworks;
    }

    /// All networks, the cluster's first.
    public List<SimNetwork> networks() {
        List<SimNetwork> all = new ArrayList<>();
        all.add(cluster);
        all.addAll(dataNetworks);
        return all;
    }

    /// The witness of each data network.
    public List<SimHost> witnesses() {
        return witnesses;
    }

    /// The host of each data network that traffic comes from and goes to.
    public List<SimHost> ends() {
        return ends;
    }

    /// The devices, in the order of their numbers.
    public List<SimDevice> devices() {
        return devices;
    }

    /// The device with this number, from 1.
    public SimDevice device(int number) {
        return devices.get(number - 1);
    }

    /// Opens all paths and plugs all cables in.
    public void healPaths() {
        for (SimNetwork network : networks()) {
            network.links().heal();
        }
        devices.forEach(SimDevice::wake);
    }

    Observer observer() {
        return observers;
    }
}
