import { describe, expect, it } from 'vitest';
import { KeyspaceEvents } from '../config/kinds/keyspace-events';
import { EventClass } from '../keyspace/key-event';
import { notifiedClasses } from './notified-classes';

describe('notifiedClasses', () => {
  it('translates the classes of the option bit by bit', () => {
    for (const name of Object.keys(EventClass) as (keyof typeof EventClass)[]) {
      expect(notifiedClasses(KeyspaceEvents.keyevent | KeyspaceEvents[name])).toBe(EventClass[name]);
    }
  });

  it('enables no class if neither channel is enabled', () => {
    expect(notifiedClasses(KeyspaceEvents.generic | KeyspaceEvents.string)).toBe(0);
    expect(notifiedClasses(KeyspaceEvents.keyspace)).toBe(0);
  });
});
