import { ReplyError } from '../../../errors';
import type { Reply } from '../../../request/reply';
import type { DebugSubcommand } from './debug-subcommand';

const UNKNOWN_TYPE = new ReplyError(
  'ERR Wrong protocol type name. Please use one of the following: ' +
    'string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false',
);
const NOT_IN_RESP2 = new ReplyError('ERR RESP2 is not supported by this command');

/** A reply of each type of the protocol. */
const REPLIES: Readonly<Record<string, (reply: Reply) => void>> = {
  string: (reply) => reply.bulkString('Hello World'),
  integer: (reply) => reply.integer(12345),
  double: (reply) => reply.double(3141 / 1000),
  null: (reply) => reply.null(),
  array(reply) {
    reply.array(3);
    for (let i = 0; i < 3; i++) reply.integer(i);
  },
  set(reply) {
    reply.set(3);
    for (let i = 0; i < 3; i++) reply.integer(i);
  },
  map(reply) {
    reply.map(3);
    for (let i = 0; i < 3; i++) {
      reply.integer(i);
      reply.boolean(i === 1);
    }
  },
  attrib(reply) {
    if (reply.protocol === 3) {
      reply.attribute(1);
      reply.bulkString('key-popularity');
      reply.array(2);
      reply.bulkString('key:123');
      reply.integer(90);
    }
    // An attribute is not a reply, so one follows it.
    reply.bulkString('Some real reply following the attribute');
  },
  push(reply) {
    if (reply.protocol === 2) throw NOT_IN_RESP2;
    reply.push(2);
    reply.bulkString('server-cpu-usage');
    reply.integer(42);
    // A push is not a reply, so one follows it.
    reply.bulkString('Some real reply following the push reply');
  },
  true: (reply) => reply.boolean(true),
  false: (reply) => reply.boolean(false),
  verbatim: (reply) => reply.verbatim('txt', 'This is a verbatim\nstring'),
  bignum: (reply) => reply.bigNumber('1234567999999999999999999999999999999'),
};

export const debugProtocol: DebugSubcommand = {
  name: 'protocol',
  minArguments: 3,
  maxArguments: 3,
  help: [
    'PROTOCOL <type>',
    '    Reply with a test value of the specified type. <type> can be: string,',
    '    integer, double, bignum, null, array, set, map, attrib, push, verbatim,',
    '    true, false.',
  ],
  execute(args, reply) {
    const type = args.toLatin1(2).toLowerCase();
    if (!Object.hasOwn(REPLIES, type)) throw UNKNOWN_TYPE;
    REPLIES[type]!(reply);
  },
};
