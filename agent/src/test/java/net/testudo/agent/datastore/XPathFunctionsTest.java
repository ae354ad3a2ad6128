package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.testudo.agent.xpath.Scope;
import net.testudo.element.management.Content;
import org.jaxen.JaxenException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The functions of XPath 1.0 and of YANG over a tree of configuration, each by itself.
final class XPathFunctionsTest {
    private static final String OWN = "urn:testudo:yang:testudo-xpath";
    private static final Map<String, String> PREFIXES = Map.of("x", OWN, "other", "urn:testudo:yang:testudo-xpath-zoo");
    private static final String LINES = """
            /testudo-xpath:data/number[.='7']
            /testudo-xpath:data/number[.='-2']
            /testudo-xpath:data/number[.='4']
            /testudo-xpath:data/text =  a  bc\s
            /testudo-xpath:data/color = red
            /testudo-xpath:data/rights = read run
            /testudo-xpath:data/kind = testudo-xpath-zoo:puppy
            /testudo-xpath:data/cage = c1
            /testudo-xpath:data/cage-color = red
            /testudo-xpath:data/place = /testudo-xpath:data/ITEM[testudo-xpath:name='b']/testudo-xpath:size
            /testudo-xpath:data/either = red
            /testudo-xpath:data/item[name='b']/size = 1
            /testudo-xpath:data/item[name='a']/size = 2
            /testudo-xpath:data/item[name='a']/inner/name = deep
            /testudo-xpath:data/item[name='c']
            /testudo-xpath-zoo:zoo/cage[name='c0']/number = 1
            /testudo-xpath-zoo:zoo/cage[name='c1']/number = 2
            """;

    private static DataNode data(String lines) throws CanonicalFormException {
        DataNode root = new DataNodes(TestModels.XPATH)
                .of(new CanonicalReader(TestModels.XPATH)
                        .read(new Content(lines.replace("ITEM", "testudo-xpath:item"), "")));
        return root.children("data").getFirst();
    }

    private static Object evaluate(String expression, DataNode node) throws JaxenException {
        Scope scope =
                new Scope(prefix -> Optional.ofNullable(PREFIXES.get(prefix)), Optional.of(OWN), Optional.of(OWN));
        return TestModels.XPATH.xpath().parse(expression, scope).evaluate(new DataNavigator(new OutsideReads()), node);
    }

    /// Numbers and booleans as XPath writes them, nodes as their values with commas.
    private static String shown(Object value) {
        return switch (value) {
            case List<?> nodes ->
                nodes.stream()
                        .map(node -> node instanceof DataNode.Text(var leaf)
                                ? "text:" + leaf.value()
                                : ((DataNode) node).value())
                        .collect(Collectors.joining(","));
            case Double number when number == Math.rint(number) -> Long.toString(number.longValue());
            default -> value.toString();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    count(item)                                 => 3
                    count(absent)                               => 0
                    sum(number)                                 => 9
                    position()                                  => 1
                    item[position() = 2]/name                   => a
                    item[2]/name                                => a
                    item[2][1]/name                             => a
                    item[2][2]/name                             => ``
                    item[last()]/name                           => c
                    item[last() - 1]/name                       => a
                    (item/name | item/size)[4]                  => 2
                    item[size][last()]/name                     => a
                    local-name(item)                            => item
                    local-name(/)                               => ``
                    name(//other:number)                        => number
                    namespace-uri(item)                         => urn:testudo:yang:testudo-xpath
                    namespace-uri(/other:zoo)                   => urn:testudo:yang:testudo-xpath-zoo
                    string(item[2])                             => a2deep
                    string(7 div 2)                             => 3.5
                    string(1 div 0)                             => Infinity
                    string(10000000 * 100)                      => 1000000000
                    concat(color, '-', 1, true())               => red-1true
                    starts-with(color, 're')                    => true
                    starts-with(color, 'ed')                    => false
                    contains(color, 'ed')                       => true
                    substring-before(rights, ' ')               => read
                    substring-after(rights, ' ')                => run
                    substring(rights, 6)                        => run
                    substring('12345', 1.5, 2.6)                => 234
                    string-length(color)                        => 3
                    item/size[string-length() = 1]              => 1,2
                    normalize-space(text)                       => a bc
                    translate(color, 'rd', 'R')                 => Re
                    boolean(item)                               => true
                    boolean(absent)                             => false
                    not(true())                                 => false
                    not(false())                                => true
                    flag = 'true'                               => true
                    lang('en')                                  => false
                    count(id('a'))                              => 0
                    number(color)                               => NaN
                    number(true())                              => 1
                    number(number[2])                           => -2
                    floor(-1.5)                                 => -2
                    ceiling(1.2)                                => 2
                    round(2.5)                                  => 3
                    round(-2.5)                                 => -2
                    8 div 4 div 2                               => 1
                    -7 mod 3                                    => -1
                    kind = 'other:puppy'                        => true
                    kind != 'other:puppy'                       => false
                    'other:dog' = kind                          => false
                    kind = 'testudo-xpath-zoo:puppy'            => true
                    'other:dog' = 'testudo-xpath-zoo:dog'       => false
                    text = 'other:dog'                          => false
                    absent = absent                             => false
                    number > 6                                  => true
                    number != number                            => true
                    """)
    void theFunctionsOfXPathAreThose(String expression, String value) throws Exception {
        assertEquals(value, shown(evaluate(expression, data(LINES))));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    item/parent::*/color                        => red
                    item[name = 'a']/following-sibling::item/name  => c
                    item[name = 'a']/preceding-sibling::*[1]/name  => b
                    item[3]/preceding-sibling::item[1]/name     => a
                    item/inner/ancestor::item[1]/name           => b,a,c
                    item[2]/inner/name/ancestor-or-self::node()[last()]/x:data/color => red
                    //name                                      => b,a,deep,c
                    .//x:name[../size = 2]                      => a
                    /*/other:cage/other:name                    => c0,c1
                    descendant::other:*                         => ``
                    other:item                                  => ``
                    color/text()                                => text:red
                    item[2]//text()                             => text:a,text:2,text:deep
                    color/following::size[last()]               => 2
                    item[2]/preceding::item/name                => b
                    @*                                          => ``
                    color/namespace::*                          => ``
                    item[2]/size | item[1]/size                 => 1,2
                    """)
    void nodesAreInTheOrderOfTheDocument(String expression, String values) throws Exception {
        assertEquals(values, shown(evaluate(expression, data(LINES))));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    count(current()/item)                       => 3
                    item[name = current()/absent]               => ``
                    item[size = current()/number - 5]/name      => a
                    re-match(color, 'r.d')                      => true
                    re-match(color, 'e')                        => false
                    re-match('1.22.333', '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}') => true
                    re-match('x-y', '[a-z-[aeiou]]-\\c')        => true
                    re-match('e-y', '[a-z-[aeiou]]-\\c')        => false
                    re-match('^a$', '^a$')                      => true
                    re-match('"\\', '"\\\\')                    => true
                    re-match(absent, '')                        => true
                    deref(cage)                                 => c1
                    deref(cage)/../other:number                 => 2
                    deref(cage)/preceding::other:name           => c0
                    deref(cage-color)                           => red
                    deref(place)                                => 1
                    deref(place)/../name                        => b
                    deref(color)                                => ``
                    deref(item)                                 => ``
                    deref(absent)                               => ``
                    deref(/)                                    => ``
                    derived-from(kind, 'other:animal')          => true
                    derived-from(kind, 'other:dog')             => true
                    derived-from(kind, 'other:puppy')           => false
                    derived-from(kind, 'other:cat')             => false
                    derived-from(kind, 'dog')                   => false
                    derived-from(kind, 'x:dog')                 => false
                    derived-from(color, 'other:animal')         => false
                    derived-from(color | kind, concat('other:', 'dog')) => true
                    derived-from(absent, 'other:animal')        => false
                    derived-from-or-self(kind, 'other:puppy')   => true
                    derived-from-or-self(kind, 'other:dog')     => true
                    derived-from-or-self(kind, 'other:cat')     => false
                    derived-from-or-self(standard, 'other:puppy')  => true
                    derived-from-or-self(usual, 'other:cat')    => true
                    derived-from-or-self(//other:kind, 'other:cat') => true
                    enum-value(color)                           => 3
                    enum-value(cage-color)                      => 3
                    enum-value(either)                          => 9
                    enum-value(rights)                          => NaN
                    enum-value(number)                          => NaN
                    enum-value(absent)                          => NaN
                    bit-is-set(rights, 'run')                   => true
                    bit-is-set(rights, 'write')                 => false
                    bit-is-set(rights, 'read run')              => false
                    bit-is-set(color, 'red')                    => false
                    bit-is-set(absent, 'read')                  => false
                    """)
    void theFunctionsOfYangAreThoseOfRfc7950(String expression, String value) throws Exception {
        assertEquals(value, shown(evaluate(expression, data(LINES))));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    read                     => bit-is-set(either, 'read')              => true
                    testudo-xpath-zoo:dog    => derived-from(either, 'other:animal')    => true
                    testudo-xpath-zoo:dog    => enum-value(either)                      => NaN
                    c0                       => deref(either)/../other:number           => 1
                    """)
    void aUnionIsWhatItsValueIs(String value, String expression, String result) throws Exception {
        DataNode data = data(LINES.replace("either = red", "either = " + value));
        assertEquals(result, shown(evaluate(expression, data)));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    current(1)                        => current() has 0 arguments, not 1
                    re-match('a')                     => re-match() has 2 arguments, not 1
                    deref()                           => deref() has 1 argument, not 0
                    deref(., .)                       => deref() has 1 argument, not 2
                    derived-from(.)                   => derived-from() has 2 arguments, not 1
                    derived-from-or-self(., 'a', 'b') => derived-from-or-self() has 2 arguments, not 3
                    enum-value()                      => enum-value() has 1 argument, not 0
                    bit-is-set(.)                     => bit-is-set() has 2 arguments, not 1
                    substring('a')                    => substring() has 2 to 3 arguments, not 1
                    concat('a')                       => concat() has at least 2 arguments, not 1
                    absent[count()]                   => count() has 1 argument, not 0
                    absent[frob(1)]                   => there is no function frob()
                    document('a')                     => there is no function document()
                    other:count(item)                 => there is no function other:count()
                    deref('a')                        => the first argument of deref() is a set of nodes
                    derived-from(1, 'other:dog')      => the first argument of derived-from() is a set of nodes
                    count(true())                     => count() function can only be used for node-sets
                    deref(string(.))                  => the first argument of deref() is a set of nodes
                    derived-from(true(), 'dog')       => the first argument of derived-from() is a set of nodes
                    enum-value(1 + 1)                 => the first argument of enum-value() is a set of nodes
                    bit-is-set(not(a), 'a')           => the first argument of bit-is-set() is a set of nodes
                    re-match(., '[a')                 => '[a' is no regular expression of XML Schema
                    re-match(., concat('[', 'a'))     => '[a' is no regular expression of XML Schema
                    absent[derived-from(., 'cow')]    => there is no identity 'cow'
                    derived-from(., 'no:dog')         => the prefix of the identity 'no:dog' is not declared
                    derived-from(., color)            => there is no identity 'red'
                    absent/no:name                    => the prefix 'no' is not declared
                    $user                             => there are no variables, such as $user
                    """)
    void whatIsWrongIsSaid(String expression, String message) throws Exception {
        DataNode data = data(LINES);
        assertEquals(
                message,
                assertThrows(JaxenException.class, () -> evaluate(expression, data))
                        .getMessage());
    }
}
