/// The module `ietf-yang-library`: which modules the server has.
@NullMarked
package net.testudo.agent.northbound.yanglib;

import org.jspecify.annotations.NullMarked;
