import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NanoRedis } from '../../nano-redis';

describe('DEBUG', () => {
  let server: NanoRedis;

  beforeEach(async () => {
    server = await NanoRedis.start({ port: null });
  });

  afterEach(async () => {
    await server.stop();
  });

  it('is rejected if it is not enabled, which also aborts a transaction', async () => {
    await expect(server.call('DEBUG', 'SLEEP', '0')).rejects.toThrow(/^ERR DEBUG command not allowed\./);
    await server.call('MULTI');
    await expect(server.call('DEBUG', 'SLEEP', '0')).rejects.toThrow(/^ERR DEBUG command not allowed\./);
    await expect(server.call('EXEC')).rejects.toThrow('EXECABORT Transaction discarded because of previous errors.');
  });

  it('is allowed to local clients by `local`', async () => {
    const local = await NanoRedis.start({ port: null, config: { 'enable-debug-command': 'local' } });
    expect(await local.call('DEBUG', 'SLEEP', '0')).toBe('OK');
    await local.stop();
  });
});
