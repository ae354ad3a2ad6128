/// Value types of the field: MAC and IP addresses, sets of devices, flow keys.
package net.testudo.element.net;
