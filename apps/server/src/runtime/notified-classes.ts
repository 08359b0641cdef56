import { KeyspaceEvents } from '../config/kinds/keyspace-events';
import { EventClass } from '../keyspace/key-event';

/** The bits of EventClass that `notify-keyspace-events` enables; none if it enables neither channel. O(classes). */
export function notifiedClasses(options: number): number {
  if ((options & (KeyspaceEvents.keyspace | KeyspaceEvents.keyevent)) === 0) return 0;
  let classes = 0;
  for (const [name, bit] of Object.entries(EventClass)) {
    if ((options & KeyspaceEvents[name as keyof typeof EventClass]) !== 0) classes |= bit;
  }
  return classes;
}
