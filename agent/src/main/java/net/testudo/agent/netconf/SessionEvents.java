package net.testudo.agent.netconf;

import org.opendaylight.netconf.api.NetconfSessionListener;
import org.opendaylight.netconf.api.NetconfTerminationReason;
import org.opendaylight.netconf.api.messages.NetconfMessage;

/// Takes what OpenDaylight's session reports to ours.
final class SessionEvents implements NetconfSessionListener<NetconfSession> {
    private final Sessions sessions;

    SessionEvents(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onSessionUp(NetconfSession session) {
        sessions.up(session);
    }

    @Override
    public void onSessionDown(NetconfSession session, Exception cause) {
        sessions.down(session);
    }

    @Override
    public void onSessionTerminated(NetconfSession session, NetconfTerminationReason reason) {
        sessions.down(session);
    }

    @Override
    public void onMessage(NetconfSession session, NetconfMessage message) {
        session.received(message.getDocument());
    }

    @Override
    public void onError(NetconfSession session, Exception failure) {
        session.garbled("this is no XML: " + failure.getMessage());
    }
}
