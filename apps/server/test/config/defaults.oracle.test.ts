import { expect, it } from 'vitest';
import { Configuration } from '../../src/config';
import { options } from '../../src/config/schema';
import { describeWithOracle } from '../harness/oracle-cases';
import { realConfig } from './config-replies';
import { runRealServer, TemporaryFolder } from './real-server-from-file';

/** What the test itself gives the real server. */
const GIVEN = new Set(['port', 'dir', 'bind']);

describeWithOracle('the defaults', () => {
  it('are the names and values of the real server, but for our bind and our event-loop', async () => {
    const folder = new TemporaryFolder();
    const real = await runRealServer(folder.path, (port) => ['--port', String(port), '--bind', '127.0.0.1']);
    try {
      const theirs = await realConfig(real.client, '*');
      const hidden = options.filter(({ option }) => option.traits.hidden).map(({ name }) => name);
      for (const [name, value] of await realConfig(real.client, ...hidden)) {
        theirs.set(name, value);
      }
      const ours = new Map(new Configuration().getMatching(['*', ...hidden]));
      expect(ours.get('event-loop')).toBe('auto');
      ours.delete('event-loop');
      expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
      const differing = [...theirs].filter(([name, value]) => !GIVEN.has(name) && ours.get(name) !== value);
      expect(differing).toEqual([]);
      expect(hidden.length).toBe(5);
    } finally {
      await real.stop();
      folder.remove();
    }
  });
});
