/// Packet I/O behind the element's ports.
package net.testudo.pcapio;
