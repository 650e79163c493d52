package dev.bulkuserimport.source;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * Limits the number of different names of elements, attributes and namespaces in an XML part. The parser keeps each of them, and looking
 * one up takes longer the more there are: a megabyte of names would cost minutes.
 */
final class XmlNames {

    /** The most names in one part. All parts of a workbook together have fewer. */
    private static final int MOST = 2_000;

    /** The most attributes of an element; in workbooks there are about twenty. */
    private static final int MOST_ATTRIBUTES = 1_000;

    private final Set<String> met = new HashSet<>();

    /** Counts the names of the element at whose start a reader is. */
    void meet(XMLStreamReader xml) {
        int attributes = xml.getAttributeCount();
        int namespaces = xml.getNamespaceCount();
        if (attributes + namespaces > MOST_ATTRIBUTES) {
            throw tooMany();
        }
        meet(xml.getPrefix(), xml.getLocalName());
        for (int i = 0; i < attributes; i++) {
            meet(xml.getAttributePrefix(i), xml.getAttributeLocalName(i));
        }
        for (int i = 0; i < namespaces; i++) {
            meet("xmlns", String.valueOf(xml.getNamespacePrefix(i)));
        }
    }

    private void meet(String prefix, String name) {
        met.add(prefix == null || prefix.isEmpty() ? name : prefix + ":" + name);
        if (met.size() > MOST) {
            throw tooMany();
        }
    }

    private static RuntimeException tooMany() {
        return Malformed.whole(
                "The workbook (.xlsx) is damaged: it has more different XML names than a valid workbook");
    }
}
