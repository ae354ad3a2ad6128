package net.testudo.agent.xpath;

/// Tells a tree how often a regular expression looks at a character: there are short ones that never
/// end.
///
/// @param text that is looked at
/// @param tree is told
record ReadText(CharSequence text, YangNavigator tree) implements CharSequence {
    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        tree.read(1);
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new ReadText(text.subSequence(start, end), tree);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
