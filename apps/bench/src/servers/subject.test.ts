import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseSubjects, isOnPath, ourSubjects, parseDaemon, parseTarget } from './subject';

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

describe('parseDaemon', () => {
  it('reads a name and the path of a file, which it makes absolute', () => {
    expect(parseDaemon('before=package.json')).toEqual({ name: 'before', path: resolve('package.json') });
  });

  it.each(['package.json', '=package.json', 'before='])('refuses %s', (text) => {
    expect(() => parseDaemon(text)).toThrow(`${text} is no daemon`);
  });

  it('refuses a file that does not exist', () => {
    expect(() => parseDaemon('before=dist/none.js')).toThrow('before=dist/none.js: the file does not exist');
  });
});

describe('chooseSubjects', () => {
  it('selects an event loop of every build by the name of the loop, and one build by its whole name', () => {
    const subjects = [...ourSubjects(), ...ourSubjects({ name: 'before', path: '/before/cli.js' })];
    const chosen = (names: string[]): string[] => chooseSubjects(subjects, names).map(({ name }) => name);
    expect(chosen(['epoll'])).toEqual(['nanoredis epoll', 'before epoll']);
    expect(chosen(['io_uring', 'before libuv'])).toEqual(['nanoredis io_uring', 'before io_uring', 'before libuv']);
  });

  it('selects by the name of an event loop, and all subjects without names', () => {
    expect(chooseSubjects(ourSubjects(), ['epoll']).map(({ name }) => name)).toEqual(['nanoredis epoll']);
    expect(chooseSubjects(ourSubjects(), undefined)).toHaveLength(3);
  });

  it('lists the servers when a name is unknown', () => {
    expect(() => chooseSubjects(ourSubjects(), ['iouring'])).toThrow(
      'no server is called iouring; there are nanoredis io_uring',
    );
  });
});

describe('isOnPath', () => {
  it('finds programs on the PATH', () => {
    expect(isOnPath('sh', '/nowhere:/bin')).toBe(true);
    expect(isOnPath('sh', '/nowhere')).toBe(false);
  });
});
