export { formatDouble17g, formatHumanDouble } from './double-text';
export { type CommandArgument, encodeCommand, encodedCommandLength, writeCommand } from './encode-command';
export type { LargeIntegers } from './integer-text';
export { writeInteger } from './integer-text';
export { INCOMPLETE, PARSED, type ParseOutcome, PROTOCOL_ERROR, QUERY_TOO_LARGE } from './parse-outcome';
export { type Reply, ReplyError, VerbatimText } from './reply';
export {
  DECODED,
  DECODED_PUSH,
  type DecodeOutcome,
  MALFORMED,
  NEED_MORE,
  ReplyDecoder,
  type ReplyDecoderOptions,
} from './reply-decoder';
export { ReplyWriter } from './reply-writer';
export { Request } from './request';
export { RequestLimits } from './request-limits';
export { RequestParser } from './request-parser';
