/// XPath 1.0 with the functions of YANG (RFC 7950 §10), evaluated by Jaxen.
///
/// ```
///  text + Scope ---parse---> YangXPath ---evaluate---> nodes, string, number, boolean
///     what prefixes mean        |                |
///                        functions, prefixes,    YangNavigator: the tree, and where
///                        arguments are checked   in the schema each of its nodes is
/// ```
///
/// [SchemaXPath] has the expressions of a schema, with the scope of the module in which each is written,
/// and the types that `deref` and its like ask for. It knows no tree: those of configuration and of
/// replies are navigators elsewhere.
@NullMarked
package net.testudo.agent.xpath;

import org.jspecify.annotations.NullMarked;
