import type { Invocation } from '../../command/invocation';
import type { Arguments } from '../../request/arguments';
import type { Reply } from '../../request/reply';
import type { TopicKind } from '../../session/pub-sub/pub-sub';

/**
 * Unsubscribes from the topics in the arguments, or from all of the kind if there are none. Confirms each with a message, which
 * has a null name if there are no arguments and no subscriptions. O(arguments or subscriptions).
 * @param command the command's name, for the confirmations.
 */
export function unsubscribeFromTopics(
  command: 'unsubscribe' | 'punsubscribe' | 'sunsubscribe',
  kind: TopicKind,
  args: Arguments,
  reply: Reply,
  call: Invocation,
): void {
  const { subscriptions } = call.session;
  const topics = call.server.pubSub[kind];
  const confirm = (bytes: Uint8Array | null, start: number, end: number): void => {
    reply.push(3);
    reply.bulkString(command);
    if (bytes === null) reply.null();
    else reply.bulk(bytes, start, end);
    reply.integer(subscriptions?.count(kind) ?? 0);
  };
  if (args.count > 1) {
    for (let i = 1; i < args.count; i++) {
      const topic = topics.find(args.bytes, args.start(i), args.end(i));
      if (topic !== null) subscriptions?.remove(kind, topic);
      confirm(args.bytes, args.start(i), args.end(i));
    }
  } else if (subscriptions === null || subscriptions[kind].size === 0) {
    confirm(null, 0, 0);
  } else {
    for (const topic of subscriptions[kind]) {
      subscriptions.remove(kind, topic);
      confirm(topic.name, 0, topic.name.length);
    }
  }
  call.session.forgetEmptySubscriptions();
}
