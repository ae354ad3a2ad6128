package net.testudo.agent.netconf;

import net.testudo.agent.access.Access;
import net.testudo.agent.datastore.Editor;
import net.testudo.element.management.Author;
import org.w3c.dom.Element;

/// A request that is being worked on.
///
/// @param session that it came in
/// @param access what the user of the session may do
/// @param operation its element
/// @param reply to be filled
record Call(NetconfSession session, Access access, Element operation, Element reply) {
    /// The name of the operation.
    String name() {
        return operation.getLocalName();
    }

    Editor editor() {
        return new Editor(session.id(), access.changes());
    }

    /// The author of what the operation changes.
    Author author(String comment) {
        return new Author(session.user(), Long.toString(session.id()), comment);
    }
}
