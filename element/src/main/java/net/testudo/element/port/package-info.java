/// The element's ports: the boundary interfaces behind which frames, files, management and randomness lie.
/// Implemented by the agent and packet I/O in the product, by the simulator in tests.
package net.testudo.element.port;
