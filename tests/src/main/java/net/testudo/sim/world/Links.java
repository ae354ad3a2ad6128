package net.testudo.sim.world;

/// Which ways through one network are open: carrier per attachment and a cut per directed pair.
public final class Links {
    private final boolean[][] cut;
    private final boolean[] down;

    Links(int attachments) {
        cut = new boolean[attachments][attachments];
        down = new boolean[attachments];
    }

    /// Whether a frame of `from` can reach `to`.
    public boolean open(int from, int to) {
        return !down[from] && !down[to] && !cut[from][to];
    }

    /// Whether the attachment has carrier.
    public boolean carrier(int attachment) {
        return !down[attachment];
    }

    /// Plugs or unplugs the cable of an attachment.
    public void setCarrier(int attachment, boolean carrier) {
        down[attachment] = !carrier;
    }

    /// Cuts or heals one direction; neither end can see it.
    public void setCut(int from, int to, boolean isCut) {
        cut[from][to] = isCut;
    }

    /// Cuts or heals both directions.
    public void setCutBoth(int one, int other, boolean isCut) {
        setCut(one, other, isCut);
        setCut(other, one, isCut);
    }

    /// Opens everything.
    public void heal() {
        takeFrom(new Links(down.length));
    }

    /// A copy to go back to.
    public Links copy() {
        Links copy = new Links(down.length);
        copy.takeFrom(this);
        return copy;
    }

    /// Makes this equal to `other`.
    public void takeFrom(Links other) {
        for (int i = 0; i < down.length; i++) {
            down[i] = other.down[i];
            System.arraycopy(other.cut[i], 0, cut[i], 0, down.length);
        }
    }
}
