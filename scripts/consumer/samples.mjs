/**
 * A small use of each public entry. A sample runs in the consumer's project, once on the ESM and once on the CommonJS namespace, so it may
 * use only its arguments and `require`.
 *
 * @type {Record<string, (entry: Record<string, any>, assert: typeof import('node:assert')) => void | Promise<void>>}
 */
export const samples = {
  '@nanoredis/intrusive-ds': ({ Arena }, assert) => {
    const arena = new Arena();
    const record = arena.allocate(24);
    assert.equal(arena.used >= 24, true);
    arena.free(record);
    assert.equal(arena.used, 0);
  },
  '@nanoredis/intrusive-ds/objects': ({ ObjectHeap }, assert) => {
    const heap = new ObjectHeap((/** @type {any} */ a, /** @type {any} */ b) => a.due < b.due);
    for (const due of [3, 1, 2]) heap.push({ due, heapPosition: 0 });
    assert.deepEqual([heap.pop().due, heap.pop().due, heap.pop().due], [1, 2, 3]);
  },
  '@nanoredis/skiplist': ({ SkipList, SortedSet }, assert) => {
    const set = new SortedSet();
    set.add('b', 2);
    set.add('a', 1);
    assert.deepEqual(set.range(), [
      { member: 'a', score: 1 },
      { member: 'b', score: 2 },
    ]);
    const list = new SkipList((/** @type {number} */ a, /** @type {number} */ b) => a - b)
      .set(7, 'seven')
      .set(3, 'three');
    assert.deepEqual([list.rank(7), list.first()], [1, [3, 'three']]);
  },
  '@nanoredis/lru-ttl': ({ LruTtlCache }, assert) => {
    const cache = new LruTtlCache({ maxEntries: 2, ttlMs: 1000 });
    cache.set('a', 1).set('b', 2).get('a');
    cache.set('c', 3);
    assert.deepEqual([...cache.keys()], ['c', 'a']);
  },
  '@nanoredis/resp-codec': ({ DECODED, encodeCommand, ReplyDecoder }, assert) => {
    assert.equal(String(encodeCommand(['GET', 'k'])), '*2\r\n$3\r\nGET\r\n$1\r\nk\r\n');
    const decoder = new ReplyDecoder();
    decoder.feed(Buffer.from('$5\r\nhello\r\n'));
    assert.equal(decoder.next(), DECODED);
    assert.equal(decoder.value, 'hello');
  },
  '@nanoredis/event-loop': async ({ createEventLoop }, assert) => {
    const loop = createEventLoop();
    const echo = {
      onOpen() {},
      /** @type {(connection: any, bytes: Buffer, start: number, end: number) => void} */
      onData: (connection, bytes, start, end) => connection.write(bytes, start, end),
      onClose() {},
    };
    const { address } = await loop.listen({ port: 0, host: '127.0.0.1' }, echo);
    const socket = require('node:net').connect(address.port, '127.0.0.1');
    socket.end('hello');
    const chunks = [];
    for await (const chunk of socket) chunks.push(chunk);
    assert.equal(String(Buffer.concat(chunks)), 'hello');
    await loop.close();
  },
  '@nanoredis/event-loop/memory': ({ loadHostMemory }, assert) => {
    // Null where the platform or its FFI library cannot give memory back.
    const memory = loadHostMemory();
    if (memory === null) return;
    const { pageBytes } = memory;
    const bytes = Buffer.alloc(3 * pageBytes, 1);
    const wholePage = (pageBytes - memory.offsetInPage(bytes)) % pageBytes;
    memory.discard(bytes);
    assert.equal(bytes[wholePage], 0);
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
