import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nanoredis-fingerprint-'));
  mkdirSync(`${root}/src`);
  writeFileSync(`${root}/src/a.ts`, 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('fingerprint', () => {
  it('stays when a file is written again with the same content', () => {
    const before = fingerprint(root, ['src']);
    writeFileSync(`${root}/src/a.ts`, 'one');
    utimesSync(`${root}/src/a.ts`, 1, 1);
    expect(fingerprint(root, ['src'])).toBe(before);
  });

  it('changes with a content, with a name, with a new file and with a lost one', () => {
    const seen = new Set([fingerprint(root, ['src'])]);
    writeFileSync(`${root}/src/a.ts`, 'two');
    seen.add(fingerprint(root, ['src']));
    writeFileSync(`${root}/src/b.ts`, 'two');
    seen.add(fingerprint(root, ['src']));
    rmSync(`${root}/src/a.ts`);
    seen.add(fingerprint(root, ['src']));
    rmSync(`${root}/src`, { recursive: true });
    seen.add(fingerprint(root, ['src']));
    expect(seen.size).toBe(5);
  });

  it('leaves out what does not count', () => {
    const before = fingerprint(root, ['src'], (path) => !path.endsWith('.test.ts'));
    writeFileSync(`${root}/src/a.test.ts`, 'x');
    expect(fingerprint(root, ['src'], (path) => !path.endsWith('.test.ts'))).toBe(before);
  });
});

describe('stamp', () => {
  it('is recognised only with the value that it was made with', () => {
    const path = `${root}/deep/stamp`;
    expect(isStamped(path, 'value')).toBe(false);
    stamp(path, 'value');
    expect(isStamped(path, 'value')).toBe(true);
    expect(isStamped(path, 'other')).toBe(false);
  });
});
