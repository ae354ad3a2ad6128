/// Flow ownership: who carries which flow, and how that survives the owner.
package net.testudo.element.flow;
