package net.testudo.element.link;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.MacAddress;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DiscoveryMessage;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.StatusMessage;

/// Takes what arrives over the cluster link. Everything but discovery is authentic.
public interface LinkListener {
    /// A status or probe of a member.
    void onStatus(StatusMessage status);

    /// A control message of a member, in the session with this process of it.
    void onControl(int device, long bootId, ControlMessage message);

    /// A control message of the data plane.
    void onFlowControl(int device, byte[] message);

    /// A bulk message of the data plane.
    void onFlowBulk(int device, byte[] message);

    /// A relayed data frame.
    ///
    /// @param network index of the data network it came from
    /// @param reason why it was relayed
    void onRelay(int device, int network, int reason, MemorySegment buffer, long offset, int length);

    /// The session with `device` began: both streams are empty and open.
    void onSession(int device, long bootId);

    /// `device` proved who it is, and says that this device was taken out of the cluster.
    void onRevoked(int device);

    /// Somebody asks who is there.
    void onQuery();

    /// Somebody says who it is; nothing of it is proved.
    void onAnnouncement(DiscoveryMessage.Announcement announcement, MacAddress mac);

    /// A join session with the device of this serial number is open; both sides proved its join key.
    void onJoinSession(String serial);

    /// A join session could not be opened.
    void onJoinFailed(String serial, String reason);

    /// A message in a join session.
    void onJoinMessage(String serial, JoinMessage message);
}
