/// The configuration as the element sees it: canonical text, what it means, its hash, what one device gets of it.
///
/// ```
///  Content (text) --parse--> ConfigDocument --parse--> ClusterConfig --derive--> DeviceConfiguration
///        |                     (lines by path)         (records, or faults)      (for one member)
///        +--> RevisionHash (the whole, and per top container)
/// ```
package net.testudo.element.config;
