/// The cluster state machine: who may lead, who may serve, what is decided.
package net.testudo.element.cluster;
