/// The state of one device on its disk.
///
/// ```
///   format        what wrote this directory; a newer format is refused
///   lock          held while a process uses the directory
///   device.key    the key under which the images are encrypted, made at the first start
///   image.0       the newest two images, by turns: each write replaces the older one
///   image.1
/// ```
@NullMarked
package net.testudo.agent.store;

import org.jspecify.annotations.NullMarked;
