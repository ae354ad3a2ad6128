/// The lab: a network of namespaces on one Linux machine, real devices in it, and the demo.
///
/// ```
///   client --[outside]--+-- device 1 --+--[inside]-- server
///                       +-- device 2 --+--[inside]-- nms --[management]-- every device
///                       +-- device N --+
///                             |
///                         [cluster]           all bridges stand in one namespace, the switch
/// ```
@NullMarked
package net.testudo.lab;

import org.jspecify.annotations.NullMarked;
