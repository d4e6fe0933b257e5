package io.frontdesk.net.resolve;

import io.frontdesk.net.Errno;

/**
 * Why a DNS server could not be asked or did not answer. A value.
 *
 * @param message as nginx logs it, up to the word "while": {@code recv() failed (111: Connection refused)}
 */
public record ServerFault(String message) {
    static ServerFault of(String call, Throwable cause) {
        return new ServerFault(call + "() failed " + Errno.of(cause));
    }
}
