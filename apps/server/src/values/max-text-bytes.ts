/**
 * Maximum length of bytes from a client that become a JavaScript string: 1 MiB. V8 refuses strings of 512 MiB and more, and
 * shorter ones fill its heap. Values, keys and names of channels stay bytes, and have no such limit.
 */
export const MAX_TEXT_BYTES = 1024 * 1024;
