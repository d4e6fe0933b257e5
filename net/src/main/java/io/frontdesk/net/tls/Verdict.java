package io.frontdesk.net.tls;

/**
 * What the check of a certificate found, in OpenSSL's numbers and words, which logs and {@code $ssl_client_verify} show.
 */
public enum Verdict {
    /** It is good. */
    OK(0, "ok"),
    /** An issuer that is not trusted itself has none. */
    NO_ISSUER(2, "unable to get issuer certificate"),
    /** No list of revoked certificates of the issuer. */
    NO_CRL(3, "unable to get certificate CRL"),
    /** A signature is not the issuer's. */
    BAD_SIGNATURE(7, "certificate signature failure"),
    /** Too early. */
    NOT_YET_VALID(9, "certificate is not yet valid"),
    /** Too late. */
    EXPIRED(10, "certificate has expired"),
    /** The list of revoked certificates is out of date. */
    CRL_EXPIRED(12, "CRL has expired"),
    /** It signs itself, and is not trusted. */
    SELF_SIGNED(18, "self-signed certificate"),
    /** The root that came with it is not trusted. */
    SELF_SIGNED_IN_CHAIN(19, "self-signed certificate in certificate chain"),
    /** The issuer is not known. */
    NO_LOCAL_ISSUER(20, "unable to get local issuer certificate"),
    /** There is but the one, and its issuer is not known. */
    UNVERIFIABLE(21, "unable to verify the first certificate"),
    /** More certificates than allowed. */
    CHAIN_TOO_LONG(22, "certificate chain too long"),
    /** Its issuer has called it back. */
    REVOKED(23, "certificate revoked"),
    /** An issuer that may issue none. */
    INVALID_CA(24, "invalid CA certificate"),
    /** More levels below an issuer than it may have. */
    PATH_LENGTH(25, "path length constraint exceeded"),
    /** It is for another use. */
    WRONG_PURPOSE(26, "unsuitable certificate purpose"),
    /** It says something that must be obeyed, and that we don't know. */
    CRITICAL_EXTENSION(34, "unhandled critical extension");

    private final int number;
    private final String text;

    Verdict(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** OpenSSL's number. */
    public int number() {
        return number;
    }

    /** OpenSSL's words. */
    public String text() {
        return text;
    }

    /** Whether all that is wrong is that no authority we trust vouches for it: {@code optional_no_ca} lets it pass. */
    public boolean isForWantOfAuthority() {
        return switch (this) {
            case NO_ISSUER, SELF_SIGNED, SELF_SIGNED_IN_CHAIN, NO_LOCAL_ISSUER, UNVERIFIABLE -> true;
            default -> false;
        };
    }

    /** As log lines show it: {@code (18:self-signed certificate)}. */
    @Override
    public String toString() {
        return "(" + number + ":" + text + ")";
    }
}
