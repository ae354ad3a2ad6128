package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.xml.sax.SAXException;

/// Nodes whose `when` becomes false by an edit (RFC 7950 §8.2).
final class InapplicableTest {
    private static final String MODE = "/testudo-test:rules/mode = fancy\n";
    private static final String DECORATION = "/testudo-test:rules/decoration = d\n";

    private final Candidate candidate = new Candidate(TestModels.EVERYTHING);

    private void edit(String xml) throws RpcException {
        String config = "<config xmlns='" + Xml.BASE + "' xmlns:nc='" + Xml.BASE
                + "'><rules xmlns='urn:testudo:yang:testudo-test'>" + xml + "</rules></config>";
        try {
            candidate.edit(XmlUtil.readXmlToElement(config), EditOperation.MERGE, OnError.REFUSE_ALL, ChangeGuard.NONE);
        } catch (IOException | SAXException e) {
            throw new AssertionError(e);
        }
    }

    private String content() {
        return new CanonicalWriter(TestModels.EVERYTHING)
                .write(candidate.root())
                .configuration();
    }

    @Test
    void aNodeGoesWithWhatItsWhenAsksFor() throws RpcException {
        edit("<mode>fancy</mode><decoration>d</decoration>");
        assertEquals(MODE + DECORATION, content());
        edit("<mode>plain</mode>");
        assertEquals(MODE.replace("fancy", "plain"), content());
    }

    @Test
    void alsoWhenADefaultComesIntoUse() throws RpcException {
        edit("<mode>fancy</mode><decoration>d</decoration><crew>c</crew>");
        edit("<mode nc:operation='delete'/>");
        assertEquals("/testudo-test:rules/crew[.='c']\n", content());
    }

    @Test
    void whatAnEditPutsWhereItIsNotAllowedStaysForTheValidation() throws RpcException {
        edit("<decoration>d</decoration>");
        assertEquals(DECORATION, content());
        edit("<crew>c</crew>");
        edit("<mode>fancy</mode>");
        edit("<mode>plain</mode><decoration>e</decoration>");
        List<RpcError> errors = new ConstraintValidator(TestModels.EVERYTHING).validate(candidate.root());
        assertEquals("unknown-element", errors.getFirst().tag());
    }

    @Test
    void whatComesWithWhatItsWhenAsksForStays() throws RpcException {
        edit("<decoration>d</decoration>");
        edit("<mode>fancy</mode>");
        assertEquals(MODE + DECORATION, content());
    }
}
