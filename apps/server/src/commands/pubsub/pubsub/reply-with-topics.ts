import { wrongSubcommandForm } from '../../../errors';
import type { Arguments } from '../../../request/arguments';
import type { Reply } from '../../../request/reply';
import type { Topic, Topics } from '../../../session/pub-sub/topics';
import { Glob } from '../../../values/glob';

/**
 * Replies with the topics that have subscribers: all, or those that match the pattern in argument 2. O(topics).
 * @throws ReplyError when there are more arguments.
 */
export function replyWithTopics(args: Arguments, reply: Reply, topics: Topics): void {
  if (args.count > 3) throw wrongSubcommandForm('pubsub', args.toName(1));
  const pattern = args.count < 3 ? null : new Glob(args.bytes, args.start(2), args.end(2));
  const isListed = ({ name }: Topic): boolean => pattern === null || pattern.matches(name, 0, name.length);
  const listed = [...topics].filter(isListed);
  reply.array(listed.length);
  for (const { name } of listed) reply.bulk(name, 0, name.length);
}

/** Replies with the number of subscribers of each topic in the arguments. O(arguments). */
export function replyWithSubscriberCounts(args: Arguments, reply: Reply, topics: Topics): void {
  reply.array(2 * (args.count - 2));
  for (let i = 2; i < args.count; i++) {
    reply.bulk(args.bytes, args.start(i), args.end(i));
    reply.integer(topics.find(args.bytes, args.start(i), args.end(i))?.subscribers.size ?? 0);
  }
}
