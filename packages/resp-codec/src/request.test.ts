import { describe, expect, it } from 'vitest';
import { Request } from './request';

function requestOf(...args: string[]): Request {
  const request = new Request();
  request.bytes = new Uint8Array(Buffer.from(`??${args.join('??')}`, 'latin1'));
  let at = 2;
  for (const arg of args) {
    request.appendSpan(at, at + arg.length);
    at += arg.length + 2;
  }
  return request;
}

describe('Request', () => {
  it('compares an argument ignoring the case of A to Z only', () => {
    const request = requestOf('GeT', '[x', 'k\xc5');
    expect(request.equals(0, 'get')).toBe(true);
    expect(request.equals(0, 'gets')).toBe(false);
    expect(request.equals(1, '{x')).toBe(false);
    expect(request.equals(2, 'k\xe5')).toBe(false);
  });

  it('reads arguments as text and as bytes', () => {
    const request = requestOf('\xc3\xa9', '');
    expect([request.toUtf8(0), request.toLatin1(0), request.length(1)]).toEqual(['é', '\xc3\xa9', 0]);
    const copy = request.copyArgument(0);
    request.bytes.fill(0);
    expect(copy).toEqual(Buffer.from('é'));
  });

  it('copies only the arguments', () => {
    const request = requestOf('SET', 'key', '', 'value');
    const snapshot = request.copy();
    request.bytes.fill(0);
    request.count = 0;
    expect(snapshot.bytes.length).toBe(11);
    expect(Array.from({ length: snapshot.count }, (_, i) => snapshot.toUtf8(i))).toEqual(['SET', 'key', '', 'value']);
    expect(snapshot.argumentBytes()).toBe(11);
  });

  it('holds any number of arguments and frees a large span array', () => {
    const request = requestOf();
    for (let i = 0; i < 20_000; i++) request.appendSpan(i, i + 1);
    expect([request.count, request.start(19_999)]).toEqual([20_000, 19_999]);
    request.clear();
    expect([request.count, request.spans.length]).toEqual([0, 64]);
  });
});
