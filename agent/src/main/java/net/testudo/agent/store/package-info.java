/// The state of one device on its disk.
///
/// ```
///   format        what wrote this directory; a newer format is refused
///   lock          held while a process uses the directory
///   device.key    the key under which all else is encrypted, made at the first start; elsewhere by option
///   ssh-host-key  the device's own host key, encrypted
///   image.0       the newest two images, by turns: each write replaces the older one
///   image.1
/// ```
@NullMarked
package net.testudo.agent.store;

import org.jspecify.annotations.NullMarked;
