import { describe, expect, it } from 'vitest';
import { encodeRequest, splitCommandLine } from './command-line';
import { decodeFrame, escapeBytes, frameEnd } from './reply-frame';

const frames = [
  '+OK\r\n',
  '-ERR no\r\n',
  ':-12\r\n',
  '$5\r\na\r\nbc\r\n',
  '$0\r\n\r\n',
  '$-1\r\n',
  '*-1\r\n',
  '*0\r\n',
  '*3\r\n:1\r\n*1\r\n$1\r\nx\r\n+a\r\n',
  '%2\r\n+a\r\n:1\r\n+b\r\n~2\r\n#t\r\n#f\r\n',
  '_\r\n',
  ',1.5\r\n',
  '(123456789012345678901234567890\r\n',
  '=7\r\ntxt:abc\r\n',
  '!3\r\nERR\r\n',
  '>2\r\n+monitor\r\n+x\r\n',
  '|1\r\n+ttl\r\n:3\r\n$1\r\nv\r\n',
];

describe('a reply frame', () => {
  it('ends where the reply ends, and nowhere before', () => {
    for (const frame of frames) {
      const bytes = Buffer.from(`${frame}+next\r\n`, 'latin1');
      expect(frameEnd(bytes, 0)).toBe(frame.length);
      for (let cut = 0; cut < frame.length; cut++) expect(frameEnd(bytes.subarray(0, cut), 0)).toBe(-1);
    }
  });

  it('decodes into a tree', () => {
    expect(decodeFrame(Buffer.from('%1\r\n+a\r\n*2\r\n$1\r\nx\r\n$-1\r\n'))).toEqual({
      type: '%',
      text: null,
      items: [
        { type: '+', text: 'a', items: null },
        {
          type: '*',
          text: null,
          items: [
            { type: '$', text: 'x', items: null },
            { type: '$', text: null, items: null },
          ],
        },
      ],
    });
  });

  it('shows bytes so that they can be read', () => {
    expect(escapeBytes(Buffer.from('$1\r\n\x00"\\'))).toBe('"$1\\r\\n\\x00\\"\\\\"');
  });
});

describe('a command line', () => {
  it('splits as redis-cli splits', () => {
    const line = `SET "a b" 'it''s' "\\x00\\xff\\n\\"" ""`;
    expect(splitCommandLine(line).map((part) => part.toString('latin1'))).toEqual([
      'SET',
      'a b',
      'its',
      '\x00\xff\n"',
      '',
    ]);
    expect(() => splitCommandLine('SET "a')).toThrow('unbalanced');
  });

  it('becomes a RESP array of bulks', () => {
    expect(encodeRequest('GET k').toString()).toBe('*2\r\n$3\r\nGET\r\n$1\r\nk\r\n');
    expect(encodeRequest(['SET', Buffer.from([255]), 1]).toString('latin1')).toBe(
      '*3\r\n$3\r\nSET\r\n$1\r\n\xff\r\n$1\r\n1\r\n',
    );
  });
});
