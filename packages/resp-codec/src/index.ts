export { formatDouble17g, formatHumanDouble } from './double-text.js';
export { type CommandArgument, encodeCommand, encodedCommandLength, writeCommand } from './encode-command.js';
export type { LargeIntegers } from './integer-text.js';
export { writeInteger } from './integer-text.js';
export { INCOMPLETE, PARSED, type ParseOutcome, PROTOCOL_ERROR, QUERY_TOO_LARGE } from './parse-outcome.js';
export { type Reply, ReplyError, VerbatimText } from './reply.js';
export {
  DECODED,
  DECODED_PUSH,
  type DecodeOutcome,
  MALFORMED,
  NEED_MORE,
  ReplyDecoder,
  type ReplyDecoderOptions,
} from './reply-decoder.js';
export { ReplyWriter } from './reply-writer.js';
export { Request } from './request.js';
export { RequestLimits } from './request-limits.js';
export { RequestParser } from './request-parser.js';
