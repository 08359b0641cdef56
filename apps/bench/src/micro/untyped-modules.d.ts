/** The parts that are used here of packages without types, and of Buffer methods that @types/node does not declare. */

declare module 'redis-parser' {
  export default class RedisParser {
    constructor(options: { returnReply(reply: unknown): void; returnError(error: unknown): void });
    execute(bytes: Buffer): void;
  }
}

declare module 'respjs' {
  export default class Resp {
    static encodeRequest(words: readonly string[]): Buffer;
    constructor(options: { bufBulk: boolean });
    on(event: 'data', listener: (reply: unknown) => void): this;
    write(bytes: Buffer): void;
  }
}

declare module 'redis-sorted-set' {
  export default class RedisSortedSet {
    add(member: string, score: number): void;
    get(member: string): number | null;
    rem(member: string): number | null;
    rank(member: string): number | null;
    range(start: number, stop: number, options: { withScores: boolean }): unknown[];
  }
}

interface Buffer {
  latin1Slice(start: number, end: number): string;
  latin1Write(text: string, at: number): number;
}
