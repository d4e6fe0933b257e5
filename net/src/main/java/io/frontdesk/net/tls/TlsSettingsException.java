package io.frontdesk.net.tls;

/** A certificate, key or list that can't be used; the message is what nginx says of it, behind the name of the file. */
public final class TlsSettingsException extends Exception {
    private static final long serialVersionUID = 1;

    /** With nginx's words. */
    public TlsSettingsException(String message) {
        super(message);
    }
}
