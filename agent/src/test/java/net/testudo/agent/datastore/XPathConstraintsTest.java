package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.Collectors;
import net.testudo.element.management.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `must`, `when` and paths with the functions of YANG, in the module where they are written and in
/// another one.
final class XPathConstraintsTest {
    private static final String CAGES = """
            /testudo-xpath-zoo:zoo/cage[name='dogs']/kind = testudo-xpath-zoo:puppy
            /testudo-xpath-zoo:zoo/cage[name='cats']/number = 1
            """;

    private static String validate(String lines) throws CanonicalFormException {
        StringBuilder text = new StringBuilder(CAGES);
        for (String line : lines.split("~", -1)) {
            text.append("/testudo-xpath:rules/").append(line).append('\n');
        }
        return new ConstraintValidator(TestModels.XPATH)
                .validate(new CanonicalReader(TestModels.XPATH).read(new Content(text.toString(), ""))).stream()
                        .map(error -> error.appTag().isEmpty()
                                ? error.tag() + " " + error.path().replaceAll(".*:", "")
                                : error.appTag())
                        .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    cage = dogs                                          | ``
                    cage = cats                                          | no-dog
                    cage = cows                                          | no-dog instance-required
                    kind = testudo-xpath-zoo:dog~bone = b                | ``
                    kind = testudo-xpath-zoo:puppy~bone = b~milk = m     | ``
                    kind = testudo-xpath-zoo:dog~milk = m                | unknown-element milk
                    kind = testudo-xpath-zoo:cat~bone = b                | unknown-element bone
                    bone = b                                             | unknown-element bone
                    code = \u00c4B12                                     | ``
                    code = aB12                                          | no-code
                    code = AB12x                                         | no-code
                    level = low                                          | ``
                    level = middle                                       | ``
                    level = high                                         | too-high
                    level = high~missing = middle                        | too-high
                    rights = read write                                  | ``
                    rights = read                                        | ``
                    rights = write                                       | write-only
                    step[name='b']/size = 1~step[name='a']/size = 2      | ``
                    step[name='b']/size = 2~step[name='a']/size = 1      | not-rising not-rising
                    half = 2                                             | ``
                    half = 4                                             | not-by-xpath
                    half = 2~absent = now                                | not-by-xpath
                    mode = testudo-xpath-zoo:puppy~tricks = t~name = n   | ``
                    mode = testudo-xpath-zoo:cat~tricks = t              | unknown-element tricks
                    mode = testudo-xpath-zoo:cat                         | ``
                    mode = testudo-xpath-zoo:dog                         | data-missing name
                    mode = testudo-xpath-zoo:dog~name = n                | ``
                    mode = testudo-xpath-zoo:cat~name = n                | unknown-element name
                    """)
    void constraintsHoldOrAreNamed(String lines, String errors) throws CanonicalFormException {
        assertEquals(errors, validate(lines));
    }

    @Test
    void theDefaultOfAnIdentityHasTheNameOfItsModule() throws CanonicalFormException {
        String lines =
                new DefaultLines(TestModels.XPATH).of(new CanonicalReader(TestModels.XPATH).read(new Content("", "")));
        assertEquals(
                "standard = testudo-xpath-zoo:puppy,usual = testudo-xpath-zoo:cat,kind = testudo-xpath-zoo:cat",
                lines.lines()
                        .filter(line -> line.contains("zoo:"))
                        .map(line -> line.replaceAll("^.*/", ""))
                        .collect(Collectors.joining(",")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    must "derived-from(., 'cow')"; | there is no identity 'cow'
                    must "re-match(., '(')";       | '(' is no regular expression of XML Schema
                    when "enum-value(1) = 1";      | the first argument of enum-value() is a set of nodes
                    """)
    void aModuleWithAnExpressionThatMeansNothingIsRefused(String constraint, String reason) throws Exception {
        String module =
                "module broken { yang-version 1.1; namespace urn:broken; prefix b; container c { leaf a { type string; "
                        + constraint + " } } }";
        Models models = new Models(Map.of(
                "broken",
                module,
                "testudo-types",
                Models.text("testudo-types"),
                "ietf-yang-types@2013-07-15",
                Models.text("ietf-yang-types@2013-07-15"),
                "ietf-netconf-acm@2018-02-14",
                Models.text("ietf-netconf-acm@2018-02-14")));
        String message = String.valueOf(
                assertThrows(IllegalStateException.class, () -> new Constraints(models, new OutsideReads()))
                        .getMessage());
        assertEquals(reason, message.substring(message.lastIndexOf("': ") + 3));
    }
}
