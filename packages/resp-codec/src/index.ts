export { formatDouble17g, formatHumanDouble } from './double-text.js';
export { writeInteger } from './integer-text.js';
export { INCOMPLETE, PARSED, type ParseOutcome, PROTOCOL_ERROR, QUERY_TOO_LARGE } from './parse-outcome.js';
export { ReplyWriter } from './reply-writer.js';
export { Request } from './request.js';
export { RequestLimits } from './request-limits.js';
export { RequestParser } from './request-parser.js';
