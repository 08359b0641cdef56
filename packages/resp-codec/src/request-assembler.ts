import { HeaderLine, LINE_OPEN, LINE_TOO_LONG } from './header-line';
import { maxInlineArguments, splitInlineArguments } from './inline-arguments';
import { INCOMPLETE, OUT_OF_MEMORY, PARSED, type ParseOutcome, PROTOCOL_ERROR, QUERY_TOO_LARGE } from './parse-outcome';
import { expectedDollar, PROTOCOL_ERRORS } from './protocol-errors';
import type { Request } from './request';
import {
  MAX_ASSEMBLED_BYTES,
  type RequestLimits,
  UNAUTHENTICATED_ARGUMENTS,
  UNAUTHENTICATED_BULK_BYTES,
} from './request-limits';
import { RequestStore } from './request-store';

const LF = 0x0a;
const CR = 0x0d;
const STAR = 0x2a;
const DOLLAR = 0x24;

const PHASE_START = 0;
const PHASE_COUNT = 1;
const PHASE_LENGTH = 2;
const PHASE_BODY = 3;
const PHASE_BODY_END = 4;
const PHASE_INLINE = 5;
const PHASE_DONE = 6;

/**
 * Assembles a request that arrives in more than one window: a state machine that can stop after any byte and reads each byte once.
 * It stores the bytes of the arguments only, without the protocol around them.
 *
 * ```
 * START --'*'--> COUNT --> LENGTH --> BODY --> BODY_END --(last argument)--> DONE
 *   |                        ^                     |
 *   |                        +---------------------+
 *   +--other--> INLINE --(line feed)--> DONE
 * ```
 */
export class RequestAssembler {
  /** Where `advance()` stopped in its window. */
  position = 0;
  /** The error text after `PROTOCOL_ERROR`. */
  error = '';
  #phase = PHASE_START;
  /** Number of arguments that the request declares. */
  #expected = 0;
  /** Number of complete arguments. */
  #count = 0;
  /** Missing bytes of the current argument; behind its end, missing bytes of its CR LF. */
  #missing = 0;
  /** The inline command contains a NUL. Redis then never finds its end. */
  #hasNul = false;
  #inlineBytes = 0;
  readonly #line = new HeaderLine();
  readonly #store = new RequestStore();

  /** Bytes stored for the incomplete request. O(1). */
  get bufferedBytes(): number {
    return this.#phase === PHASE_INLINE ? this.#inlineBytes : this.#store.length + this.#line.pendingBytes;
  }

  /** Bytes allocated for the incomplete request: at most about 16 times `bufferedBytes`, plus 1 KiB. O(1). */
  get allocatedBytes(): number {
    return this.#store.allocatedBytes;
  }

  /**
   * Takes over a multibulk request of `expected` arguments. The first `request.count` of them are complete in `request.bytes`.
   * `bodyBytes` is the length of the next one, or -1 if it is not known yet. Returns false if there is not enough memory. O(bytes copied).
   */
  takeOver(request: Request, expected: number, bodyBytes: number): boolean {
    this.#expected = expected;
    this.#count = request.count;
    for (let i = 0; i < request.count; i++) {
      if (!this.#store.append(request.bytes, request.start(i), request.end(i), 0)) return false;
      if (!this.#store.endArgument()) return false;
    }
    if (bodyBytes < 0) this.#phase = PHASE_LENGTH;
    else {
      this.#phase = PHASE_BODY;
      this.#missing = bodyBytes;
    }
    return true;
  }

  /** Reads `bytes[start, end)` until the request is complete, an error is found, or all bytes are read. O(bytes read). */
  advance(
    bytes: Uint8Array,
    start: number,
    end: number,
    limits: RequestLimits,
    unauthenticated: boolean,
  ): ParseOutcome {
    this.position = start;
    while (this.position < end) {
      let outcome: ParseOutcome = PARSED;
      switch (this.#phase) {
        case PHASE_START:
          this.#phase = bytes[this.position] === STAR ? PHASE_COUNT : PHASE_INLINE;
          break;
        case PHASE_COUNT:
          outcome = this.#readCount(bytes, end, limits, unauthenticated);
          break;
        case PHASE_LENGTH:
          outcome = this.#readLength(bytes, end, limits, unauthenticated);
          break;
        case PHASE_BODY:
          if (!this.#readBody(bytes, end)) return OUT_OF_MEMORY;
          break;
        case PHASE_BODY_END:
          this.#skipBodyEnd(end);
          break;
        default:
          outcome = this.#readInline(bytes, end, limits);
      }
      if (outcome !== PARSED) return outcome;
      // Checked here and not in the state, because an empty argument is complete without another byte.
      if (this.#phase === PHASE_BODY && this.#missing === 0 && !this.#endBody()) return OUT_OF_MEMORY;
      if (this.#phase === PHASE_DONE) return PARSED;
      if (this.#store.length > limits.maxQueryBytes) return QUERY_TOO_LARGE;
      if (this.#store.length + this.#missing > MAX_ASSEMBLED_BYTES) return QUERY_TOO_LARGE;
    }
    return INCOMPLETE;
  }

  /**
   * Fills `request` after `PARSED`. The assembler owns the bytes; they are valid until `release()`. Returns `PARSED`, `OUT_OF_MEMORY`, or
   * `PROTOCOL_ERROR` if an inline command has unbalanced quotes. O(count), for an inline command O(bytes).
   */
  deliver(request: Request): ParseOutcome {
    request.count = 0;
    request.bytes = this.#store.bytes;
    if (this.#expected > 0) {
      this.#store.moveSpans(request, this.#count);
      return PARSED;
    }
    let length = this.#store.length;
    if (length > 0 && this.#store.bytes[length - 1] === CR) length--;
    if (!request.reserveSpans(maxInlineArguments(length))) return OUT_OF_MEMORY;
    if (splitInlineArguments(this.#store.bytes, 0, length, request)) return PARSED;
    return this.#fail(PROTOCOL_ERRORS.inlineQuotes);
  }

  /** Frees the memory of the request and starts a new one. O(1). */
  release(): void {
    this.#phase = PHASE_START;
    this.#expected = 0;
    this.#count = 0;
    this.#missing = 0;
    this.#hasNul = false;
    this.#inlineBytes = 0;
    this.#line.reset();
    this.#store.release();
  }

  #readCount(bytes: Uint8Array, end: number, limits: RequestLimits, unauthenticated: boolean): ParseOutcome {
    const line = this.#line;
    const state = line.read(bytes, this.position, end, limits.maxInlineBytes);
    this.position = line.position;
    if (state === LINE_OPEN) return INCOMPLETE;
    if (state === LINE_TOO_LONG) return this.#fail(PROTOCOL_ERRORS.multibulkLine);
    const count = line.value;
    line.reset();
    if (Number.isNaN(count) || count > limits.maxArguments) return this.#fail(PROTOCOL_ERRORS.multibulkLength);
    if (unauthenticated && count > UNAUTHENTICATED_ARGUMENTS)
      return this.#fail(PROTOCOL_ERRORS.unauthenticatedMultibulk);
    this.#expected = Math.max(0, count);
    this.#phase = count > 0 ? PHASE_LENGTH : PHASE_DONE;
    return PARSED;
  }

  #readLength(bytes: Uint8Array, end: number, limits: RequestLimits, unauthenticated: boolean): ParseOutcome {
    const line = this.#line;
    const state = line.read(bytes, this.position, end, limits.maxInlineBytes);
    this.position = line.position;
    if (state === LINE_OPEN) return INCOMPLETE;
    if (state === LINE_TOO_LONG) return this.#fail(PROTOCOL_ERRORS.bulkLine);
    const length = line.value;
    const first = line.emptyLine ? CR : line.first;
    line.reset();
    if (first !== DOLLAR) return this.#fail(expectedDollar(first));
    if (!(length >= 0) || length > limits.maxBulkBytes) return this.#fail(PROTOCOL_ERRORS.bulkLength);
    if (unauthenticated && length > UNAUTHENTICATED_BULK_BYTES) return this.#fail(PROTOCOL_ERRORS.unauthenticatedBulk);
    this.#missing = length;
    this.#phase = PHASE_BODY;
    return PARSED;
  }

  #readBody(bytes: Uint8Array, end: number): boolean {
    const count = Math.min(this.#missing, end - this.position);
    if (!this.#store.append(bytes, this.position, this.position + count, this.#missing - count)) return false;
    this.position += count;
    this.#missing -= count;
    return true;
  }

  #endBody(): boolean {
    if (!this.#store.endArgument()) return false;
    this.#count++;
    this.#missing = 2;
    this.#phase = PHASE_BODY_END;
    return true;
  }

  #skipBodyEnd(end: number): void {
    const count = Math.min(this.#missing, end - this.position);
    this.position += count;
    this.#missing -= count;
    if (this.#missing === 0) this.#phase = this.#count === this.#expected ? PHASE_DONE : PHASE_LENGTH;
  }

  #readInline(bytes: Uint8Array, end: number, limits: RequestLimits): ParseOutcome {
    const start = this.position;
    const stop = Math.min(end, start + limits.maxInlineBytes + 1 - this.#inlineBytes);
    let at = start;
    while (at < stop && (this.#hasNul || bytes[at] !== LF)) {
      if (bytes[at] === 0) this.#hasNul = true;
      at++;
    }
    this.#inlineBytes += at - start;
    if (!this.#hasNul && !this.#store.append(bytes, start, at, 0)) return OUT_OF_MEMORY;
    this.position = at;
    if (this.#inlineBytes > limits.maxInlineBytes) return this.#fail(PROTOCOL_ERRORS.inlineLine);
    if (at === end) return INCOMPLETE;
    this.position = at + 1;
    this.#phase = PHASE_DONE;
    return PARSED;
  }

  #fail(error: string): ParseOutcome {
    this.error = error;
    return PROTOCOL_ERROR;
  }
}
