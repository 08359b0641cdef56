/** A member as callers pass it: a string means its UTF-8 bytes. */
export type Member = string | Uint8Array;

/** Up to this many UTF-16 units, a loop over a plain ASCII string is faster than a call into the runtime. */
const MAX_LOOPED_UNITS = 48;

/** Encodes members, which are strings or bytes, into one buffer, from which a SortedSetTable reads them. */
export class MemberCodec {
  /** The last encoded member is `bytes[0, length)`. */
  bytes = Buffer.allocUnsafeSlow(256);
  length = 0;

  /** Writes a member to `bytes`. O(length). @throws TypeError when it is neither a string nor bytes */
  encode(member: Member): void {
    if (typeof member === 'string') {
      this.#encodeString(member);
    } else if (member instanceof Uint8Array) {
      this.#reserve(member.length);
      this.bytes.set(member);
      this.length = member.length;
    } else {
      throw new TypeError('a member must be a string or a Uint8Array');
    }
  }

  #encodeString(member: string): void {
    const units = member.length;
    this.#reserve(units * 3);
    if (units <= MAX_LOOPED_UNITS) {
      const { bytes } = this;
      let at = 0;
      for (; at < units; at++) {
        const unit = member.charCodeAt(at);
        if (unit > 0x7f) break;
        bytes[at] = unit;
      }
      if (at === units) {
        this.length = units;
        return;
      }
    }
    this.length = this.bytes.write(member, 0, 'utf8');
  }

  #reserve(length: number): void {
    if (length > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(length)));
  }
}
