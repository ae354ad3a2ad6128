/// This device's copy of the cluster's event log: who gives records their place, and how the copies stay one log.
///
/// ```
///  originator -- REPORT ------> master      gives each event that it does not hold its place, once
///  master     -- RECORDS -----> member      keeps them; answers STORED, and gets the next ones
///
///  a new epoch:
///  member     -- POSITION ----> new master  what it holds, and whose log that is
///  new master -- FETCH -------> member      if, of a majority of the voters, another one holds more
///  member     -- RECORDS -----> new master
///  new master -- RECORDS -----> members     from where both agree; the log is open again
/// ```
///
/// Of two logs the one of the higher epoch holds more, then the longer one: a master takes over the log of a majority
/// before it opens its own, so what a majority held stays, in its place. What only a minority held is reported again by
/// whoever still has it, and gets a new place. The log is in memory: it does not outlive the power of all devices.
package net.testudo.element.cluster.log;
