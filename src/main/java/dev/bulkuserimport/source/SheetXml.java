package dev.bulkuserimport.source;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.bulkuserimport.problem.ProblemException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An XML part of a workbook, read from start to end. External resources are never fetched, and entities are refused. */
final class SheetXml implements Closeable {

    /** The most characters of a text. A spreadsheet's cell holds 32,767. */
    private static final int LONGEST_TEXT = 1_000_000;

    /**
     * The most bytes of a tag or a text, including what the parser reads ahead: it holds a whole tag in memory, however long. The longest
     * cell of a spreadsheet has 32,767 characters.
     */
    private static final int LONGEST_PIECE = 1_000_000;

    /** The maximum nesting of elements; a workbook has about ten levels. */
    private static final int DEEPEST = 100;

    private final XMLStreamReader xml;
    private final BoundedStream in;
    private final XmlNames names = new XmlNames();
    private int depth;
    private final StringBuilder text = new StringBuilder();
    private long row = 1;

    SheetXml(InputStream in) throws IOException {
        this.in = new BoundedStream(
                in,
                LONGEST_PIECE,
                () -> Malformed.whole(
                        "The workbook has a tag or a text of more than " + LONGEST_PIECE / 1_000_000 + " MB"));
        try {
            xml = factory().createXMLStreamReader(this.in);
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** A separate factory for each part, because a shared one would keep the names of each workbook for the next. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        return factory;
    }

    /** Advances to the next start or end of an element; false at the end. */
    boolean next() throws IOException {
        try {
            while (xml.hasNext()) {
                int event = advance();
                if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** The next event. The size of each is limited, because some kilobytes of a zip can be a tag of a gigabyte. */
    private int advance() throws XMLStreamException {
        in.beginPiece();
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
            if (++depth > DEEPEST) {
                throw Malformed.whole("The workbook (.xlsx) is damaged: its elements are nested too deeply");
            }
            names.meet(xml, depth);
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            depth--;
        }
        return event;
    }

    /** Sets the current row, for error messages. */
    void inRow(long number) {
        row = number;
    }

    /** Skips the element at whose start the reader is. */
    void skip() throws IOException {
        try {
            int outside = depth - 1;
            while (depth > outside && xml.hasNext()) {
                advance();
            }
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** Advances to the next start of an element with this name; false if there is none. */
    boolean nextStart(String name) throws IOException {
        while (next()) {
            if (starts(name)) {
                return true;
            }
        }
        return false;
    }

    boolean starts(String name) {
        return xml.getEventType() == XMLStreamConstants.START_ELEMENT && name.equals(xml.getLocalName());
    }

    boolean ends(String name) {
        return xml.getEventType() == XMLStreamConstants.END_ELEMENT && name.equals(xml.getLocalName());
    }

    Optional<String> attribute(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(xml.getAttributeValue(index));
    }

    /** The same for what each cell has. */
    String attribute(String name, String otherwise) {
        int index = indexOf(name);
        return index < 0 ? otherwise : xml.getAttributeValue(index);
    }

    private int indexOf(String attribute) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (attribute.equals(xml.getAttributeLocalName(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether an attribute is true. */
    boolean flag(String name) {
        return attribute(name)
                .filter(value -> value.equals("1") || value.equals("true"))
                .isPresent();
    }

    /** An attribute with a whole number of at most nine digits. */
    Optional<Integer> number(String name) {
        return attribute(name).map(SheetXml::digits).filter(number -> number >= 0);
    }

    /** A whole number of at most nine digits; -1 for anything else. */
    static int digits(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = 10 * number + c - '0';
        }
        return number;
    }

    /** The text of the current element, which has no child elements. */
    String text() throws IOException {
        text.setLength(0);
        addText();
        return text.toString();
    }

    private void addText() throws IOException {
        try {
            int outside = depth - 1;
            while (depth > outside && xml.hasNext()) {
                switch (advance()) {
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    default -> {
                        // Child elements have been counted; comments and processing instructions are ignored.
                    }
                }
                if (text.length() > LONGEST_TEXT) {
                    throw Malformed.whole("The workbook has a text of more than " + LONGEST_TEXT + " characters");
                }
            }
        } catch (XMLStreamException e) {
            throw broken(e);
        } catch (UncheckedStreamException e) {
            // A text is parsed when it is retrieved, which doesn't throw a checked exception.
            throw notXml();
        }
    }

    /** The text of a string item or an inline string, whose runs only differ in formatting; without phonetic hints. */
    String richText(String element) throws IOException {
        text.setLength(0);
        while (next() && !ends(element)) {
            if (starts("rPh")) {
                int length = text.length();
                addText();
                text.setLength(length);
            } else if (starts("t")) {
                addText();
            }
        }
        return withoutEscapes(text.toString());
    }

    /** Characters that XML can't contain are written as {@code _x000D_}. */
    static String withoutEscapes(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            if (text.regionMatches(i, "_x", 0, 2)
                    && i + 6 < text.length()
                    && text.charAt(i + 6) == '_'
                    && isHex(text, i + 2)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 7;
            } else {
                plain.append(text.charAt(i++));
            }
        }
        return plain.toString();
    }

    private static boolean isHex(String text, int from) {
        for (int i = from; i < from + 4; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private IOException broken(XMLStreamException cause) {
        Throwable reason = cause.getNestedException() == null ? cause.getCause() : cause.getNestedException();
        if (reason instanceof ProblemException problem) {
            throw problem;
        }
        throw notXml();
    }

    private ProblemException notXml() {
        return Malformed.at("The workbook (.xlsx) is damaged: one of its parts is not XML", row, 1);
    }
}
