/// Who may do what: the access control of RFC 8341, over the roles of users.
@NullMarked
package net.testudo.agent.access;

import org.jspecify.annotations.NullMarked;
