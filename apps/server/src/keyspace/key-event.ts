/** Classes of keyspace notifications, as bits; the letters are those of `notify-keyspace-events`. */
export const EventClass = {
  generic: 1 << 0, // g
  string: 1 << 1, // $
  list: 1 << 2, // l
  set: 1 << 3, // s
  hash: 1 << 4, // h
  sortedSet: 1 << 5, // z
  expired: 1 << 6, // x
  evicted: 1 << 7, // e
  stream: 1 << 8, // t
  keyMiss: 1 << 9, // m
  module: 1 << 10, // d
  newKey: 1 << 11, // n
} as const;

/** Something that happened to a key: its class, and the name under which it is published. */
export interface KeyEvent {
  readonly name: string;
  readonly class: number;
}

function eventsOf<const Names extends readonly string[]>(
  eventClass: number,
  names: Names,
): { readonly [Name in Names[number]]: KeyEvent } {
  const events: Record<string, KeyEvent> = {};
  for (const name of names) events[name] = { name, class: eventClass };
  return events as { readonly [Name in Names[number]]: KeyEvent };
}

/** Every event that a command reports, by class and name; made once, so that reporting one allocates nothing. */
export const KeyEvents = {
  generic: eventsOf(EventClass.generic, [
    'del',
    'expire',
    'persist',
    'rename_from',
    'rename_to',
    'move_from',
    'move_to',
    'copy_to',
    'restore',
  ]),
  string: eventsOf(EventClass.string, [
    'set',
    'setbit',
    'setrange',
    'append',
    'incrby',
    'decrby',
    'incrbyfloat',
    'pfadd',
  ]),
  list: eventsOf(EventClass.list, ['lpush', 'rpush', 'lpop', 'rpop', 'lset', 'linsert', 'lrem', 'ltrim', 'sortstore']),
  set: eventsOf(EventClass.set, ['sadd', 'srem', 'spop', 'sinterstore', 'sunionstore', 'sdiffstore']),
  hash: eventsOf(EventClass.hash, ['hset', 'hdel', 'hincrby', 'hincrbyfloat']),
  sortedSet: eventsOf(EventClass.sortedSet, [
    'zadd',
    'zincr',
    'zrem',
    'zremrangebyrank',
    'zremrangebyscore',
    'zremrangebylex',
    'zpopmin',
    'zpopmax',
    'zrangestore',
    'zinterstore',
    'zunionstore',
    'zdiffstore',
    'georadiusstore',
    'geosearchstore',
  ]),
  expired: eventsOf(EventClass.expired, ['expired']),
  evicted: eventsOf(EventClass.evicted, ['evicted']),
  keyMiss: eventsOf(EventClass.keyMiss, ['keymiss']),
  newKey: eventsOf(EventClass.newKey, ['new']),
} as const;
