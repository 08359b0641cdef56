import { expect, it } from 'vitest';
import { SeededRandom } from './random';
import { ServerIdentity } from './server-identity';

it('ServerIdentity has IDs of 40 hexadecimal digits, of which the one of the data can be changed', () => {
  const identity = new ServerIdentity(new SeededRandom(1));
  const { runId, replicationId } = identity;
  expect(runId).toMatch(/^[0-9a-f]{40}$/);
  expect(replicationId).toMatch(/^[0-9a-f]{40}$/);
  expect(replicationId).not.toBe(runId);
  identity.changeReplicationId();
  expect(identity.replicationId).toMatch(/^[0-9a-f]{40}$/);
  expect(identity.replicationId).not.toBe(replicationId);
  expect(identity.runId).toBe(runId);
});
