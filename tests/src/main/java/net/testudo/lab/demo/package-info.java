/// The demo: three devices become one network element, carry traffic, lose their master and go on.
///
/// ```
///   Demo -- options --> DemoRun: lab, start, Formation, DemoTraffic, Death, recovery --> Measurement --> report, JSON
///                          |            |             |
///                       Devices   NetconfClient   TrafficHost      SnmpClient, TrapReceiver on the nms
/// ```
@NullMarked
package net.testudo.lab.demo;

import org.jspecify.annotations.NullMarked;
