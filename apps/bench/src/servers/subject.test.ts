import { describe, expect, it } from 'vitest';
import { chooseSubjects, isOnPath, ourSubjects, parseTarget } from './subject';

describe('parseTarget', () => {
  it('reads names, host names and addresses', () => {
    expect(parseTarget('dev=localhost:6379')).toEqual({ name: 'dev', host: 'localhost', port: 6379 });
    expect(parseTarget('Redis 8=[::1]:7000')).toEqual({ name: 'Redis 8', host: '::1', port: 7000 });
  });

  it.each(['localhost:6379', 'dev=localhost', 'dev=localhost:0', 'dev=localhost:65536', 'dev=:1'])(
    'refuses %s',
    (text) => {
      expect(() => parseTarget(text)).toThrow(`${text} is no target`);
    },
  );
});

describe('chooseSubjects', () => {
  it('takes the backend alone for the whole name, and all when nothing is named', () => {
    expect(chooseSubjects(ourSubjects(), ['epoll']).map(({ name }) => name)).toEqual(['nanoredis epoll']);
    expect(chooseSubjects(ourSubjects(), undefined)).toHaveLength(3);
  });

  it('names those that there are when another is asked for', () => {
    expect(() => chooseSubjects(ourSubjects(), ['iouring'])).toThrow(
      'no server is called iouring; there are nanoredis io_uring',
    );
  });
});

describe('isOnPath', () => {
  it('finds programs, and does not find what is none', () => {
    expect(isOnPath('sh', '/nowhere:/bin')).toBe(true);
    expect(isOnPath('sh', '/nowhere')).toBe(false);
  });
});
