package net.testudo.pcapio;

final class Placeholder {
    private Placeholder() {}
}
