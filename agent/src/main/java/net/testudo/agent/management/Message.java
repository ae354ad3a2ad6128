package net.testudo.agent.management;

import net.testudo.agent.ClusterAccess;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;

/// A message on the socket. The first one each way is a [Hello].
sealed interface Message {
    /// The version that this process speaks. Both must be the same: element and agent are installed together.
    int VERSION = 1;

    /// @param version of the sender
    record Hello(int version) implements Message {}

    /// Of the agent.
    record Request(net.testudo.element.management.Request request) implements Message {}

    /// Of the agent: the managers were told of this event and of all before it.
    ///
    /// @param event its id
    record Handled(String event) implements Message {}

    /// Of the element, as is all that follows.
    record Answer(net.testudo.element.management.Answer answer) implements Message {}

    /// The newest state; states may be left out in between.
    record Snapshot(ElementSnapshot snapshot) implements Message {}

    /// Something happened.
    record Event(ElementEvent event) implements Message {}

    /// What the agent may serve at the cluster address changed.
    record Access(ClusterAccess access) implements Message {}
}
