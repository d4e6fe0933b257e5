package io.frontdesk.modules.ssi;

import io.frontdesk.engine.response.MediaTypes;

/**
 * What a location says about its pages. Immutable, shared by all loops.
 *
 * @param types             the media types that are read
 * @param silent            whether errors show nothing in the page
 * @param maxValue          how long a parameter's value may be
 * @param keepsLastModified whether Last-Modified and ETag stay
 * @param slot              where the {@link SsiContext} of a request stands
 */
record SsiSettings(MediaTypes types, boolean silent, int maxValue, boolean keepsLastModified, int slot) {}
