/// The messages between element and agent: requests, answers, snapshots, events. Plain values only.
package net.testudo.element.management;
