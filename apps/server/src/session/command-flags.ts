/** What a command says of itself in COMMAND INFO; Redis' own names, in the order in which Redis lists them. */
export const COMMAND_FLAGS = [
  'write',
  'readonly',
  'denyoom',
  'admin',
  'pubsub',
  'noscript',
  'blocking',
  'loading',
  'stale',
  'skip_monitor',
  'skip_slowlog',
  'asking',
  'fast',
  'no_auth',
  'no_mandatory_keys',
  'no_async_loading',
  'no_multi',
  'allow_busy',
] as const;
export type CommandFlag = (typeof COMMAND_FLAGS)[number];

/** Bits of the flags that the dispatcher asks for; bit i is `COMMAND_FLAGS[i]`. */
export const CommandFlagBit = Object.fromEntries(COMMAND_FLAGS.map((flag, index) => [flag, 1 << index])) as Readonly<
  Record<CommandFlag, number>
>;

/** Of a command that propagates something although it may not be a write: PUBLISH, PFCOUNT. COMMAND INFO does not show it. */
export const MAY_REPLICATE = 1 << COMMAND_FLAGS.length;
