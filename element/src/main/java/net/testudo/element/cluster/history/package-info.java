/// The contents of older revisions, and what management is told of them.
package net.testudo.element.cluster.history;
