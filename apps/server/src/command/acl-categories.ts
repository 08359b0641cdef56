import type { Described } from './command-facts';

/** The categories of commands that ACL rules name, in the order in which Redis lists them. */
export const ACL_CATEGORIES = [
  'keyspace',
  'read',
  'write',
  'set',
  'sortedset',
  'list',
  'hash',
  'string',
  'bitmap',
  'hyperloglog',
  'geo',
  'stream',
  'pubsub',
  'admin',
  'fast',
  'slow',
  'blocking',
  'dangerous',
  'connection',
  'transaction',
  'scripting',
] as const;
export type AclCategory = (typeof ACL_CATEGORIES)[number];

/** The categories of a command in Redis' order: those that it names, and those that follow from its flags. O(categories). */
export function categoriesOf({ flags, categories }: Described): readonly AclCategory[] {
  const all = new Set<string>(categories);
  if (flags.includes('write')) all.add('write');
  if (flags.includes('readonly') && !all.has('scripting')) all.add('read');
  if (flags.includes('admin')) all.add('admin').add('dangerous');
  if (flags.includes('pubsub')) all.add('pubsub');
  if (flags.includes('fast')) all.add('fast');
  if (flags.includes('blocking')) all.add('blocking');
  if (!all.has('fast')) all.add('slow');
  return ACL_CATEGORIES.filter((category) => all.has(category));
}
