package net.testudo.lab.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import net.testudo.lab.Await;
import net.testudo.lab.Commands;
import net.testudo.lab.Lab;
import net.testudo.lab.Network;
import net.testudo.lab.cluster.Devices;

/// How a device dies.
enum Death {
    /// Power fails: its links are cut, its process is gone.
    KILL("its process is killed and all its links are cut", true) {
        @Override
        void strike(Lab lab, Devices devices, int device) {
            lab.cutAllLinks(device);
            devices.process(device).kill();
        }

        @Override
        void recover(Lab lab, Devices devices, int device) {
            lab.restoreAllLinks(device);
            devices.start(device);
        }
    },
    /// Its software fails, its ports stay up.
    KILL_LINKS_UP("its process is killed, its links stay up", true) {
        @Override
        void strike(Lab lab, Devices devices, int device) {
            devices.process(device).kill();
        }

        @Override
        void recover(Lab lab, Devices devices, int device) {
            devices.start(device);
        }
    },
    /// It stands still, and later goes on as if nothing had happened.
    STOP("its process is stopped for 5 s and goes on (SIGSTOP, SIGCONT)", true) {
        private static final Duration LENGTH = Duration.ofSeconds(5);

        @Override
        void strike(Lab lab, Devices devices, int device) {
            devices.process(device).stop();
        }

        @Override
        void recover(Lab lab, Devices devices, int device) {
            last(LENGTH);
            devices.process(device).resume();
        }
    },
    /// The cluster link fails without any end noticing by itself: that of the master, then that of another device.
    CLUSTER_LINK("its cluster link is cut silently for 4 s, then that of another device", false) {
        private static final Duration LENGTH = Duration.ofSeconds(4);

        @Override
        void strike(Lab lab, Devices devices, int device) {
            lab.cutSilently(device, Network.CLUSTER);
        }

        @Override
        void recover(Lab lab, Devices devices, int device) {
            int other = device % devices.count() + 1;
            last(LENGTH);
            lab.heal(device, Network.CLUSTER);
            lab.cutSilently(other, Network.CLUSTER);
            last(LENGTH);
            lab.heal(other, Network.CLUSTER);
        }
    },
    /// Its NETCONF and SNMP servers are gone; its element starts them again.
    AGENT_KILL("its agent is killed, its element goes on", false, false) {
        @Override
        void strike(Lab lab, Devices devices, int device) {
            long killed = devices.agent(device);
            Commands.run(List.of("kill", "-KILL", Long.toString(killed)));
            Await.until("the next agent", LIMIT, () -> devices.agent(device), agent -> agent != 0 && agent != killed);
        }

        @Override
        void recover(Lab lab, Devices devices, int device) {
            // the element has done so
        }
    },
    /// Its NETCONF and SNMP servers hang for a while.
    AGENT_STOP("its agent is stopped for 5 s and goes on (SIGSTOP, SIGCONT)", false, false) {
        private static final Duration LENGTH = Duration.ofSeconds(5);

        @Override
        void strike(Lab lab, Devices devices, int device) {
            String agent = Long.toString(devices.agent(device));
            Commands.run(List.of("kill", "-STOP", agent));
            last(LENGTH);
            Commands.run(List.of("kill", "-CONT", agent));
        }

        @Override
        void recover(Lab lab, Devices devices, int device) {
            // it goes on already
        }
    };

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String description;
    private final boolean masterChanges;
    private final boolean packetsLost;

    Death(String description, boolean masterChanges) {
        this(description, masterChanges, true);
    }

    Death(String description, boolean masterChanges, boolean packetsLost) {
        this.description = description;
        this.masterChanges = masterChanges;
        this.packetsLost = packetsLost;
    }

    /// Lets it happen to a device.
    abstract void strike(Lab lab, Devices devices, int device);

    /// Undoes it; where the fault has a length, after that time.
    abstract void recover(Lab lab, Devices devices, int device);

    /// What happens to the master, for people.
    String description() {
        return description;
    }

    /// Whether another device has to be master afterwards.
    boolean masterChanges() {
        return masterChanges;
    }

    /// Whether packets may be lost.
    boolean packetsLost() {
        return packetsLost;
    }

    /// Name on the command line, such as `kill-links-up`.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException with the names that exist
    static Death of(String label) {
        return Arrays.stream(values())
                .filter(death -> death.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is none of "
                        + Arrays.stream(values()).map(Death::label).collect(Collectors.joining(", "))));
    }

    /// The length of a fault is part of it: nothing is awaited.
    private static void last(Duration length) {
        long startNs = System.nanoTime();
        for (long leftNs = length.toNanos(); leftNs > 0; leftNs = length.toNanos() - (System.nanoTime() - startNs)) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
