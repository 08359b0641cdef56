/**
 * For each public entry one small real use. A sample runs in the consumer's project, once on the ESM and once on the
 * CommonJS namespace, so it may use nothing but its two arguments.
 *
 * @type {Record<string, (entry: Record<string, any>, assert: typeof import('node:assert')) => void | Promise<void>>}
 */
export const samples = {
  '@nanoredis/intrusive-ds': ({ Arena }, assert) => {
    assert.equal(typeof new Arena(), 'object');
  },
  '@nanoredis/resp-codec': ({ DECODED, encodeCommand, ReplyDecoder }, assert) => {
    assert.equal(String(encodeCommand(['GET', 'k'])), '*2\r\n$3\r\nGET\r\n$1\r\nk\r\n');
    const decoder = new ReplyDecoder();
    decoder.feed(Buffer.from('$5\r\nhello\r\n'));
    assert.equal(decoder.next(), DECODED);
    assert.equal(decoder.value, 'hello');
  },
  '@nanoredis/event-loop': ({ createEventLoop }, assert) => {
    assert.equal(typeof createEventLoop, 'function');
  },
  nanoredis: async ({ NanoRedis }, assert) => {
    const server = await NanoRedis.start({ port: 0 });
    try {
      assert.equal(String(await server.call('SET', 'k', 'v')), 'OK');
      assert.equal(String(await server.call('GET', 'k')), 'v');
      assert.match(server.url, /:\d+/);
    } finally {
      await server.stop();
    }
  },
};
