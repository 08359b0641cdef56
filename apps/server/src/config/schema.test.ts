import { describe, expect, it } from 'vitest';
import { findOption, namesAndAliases, options, sections } from './schema';

describe('the schema', () => {
  it('has every option in one section only', () => {
    const names = Object.values(sections).flatMap((section) => Object.keys(section));
    expect(new Set(names).size).toBe(names.length);
    expect(options.map(({ name }) => name)).toEqual(names);
  });

  it('has no name or alias twice', () => {
    const aliases = options.flatMap(({ option }) => (option.traits.alias === null ? [] : [option.traits.alias]));
    expect([...namesAndAliases()].length).toBe(options.length + aliases.length);
  });

  it('finds options by name and alias in any case', () => {
    expect(findOption('Hash-Max-Ziplist-Entries')?.name).toBe('hash-max-listpack-entries');
    expect(findOption('no-such-option')).toBeNull();
    expect(findOption('constructor')).toBeNull();
  });

  // The configuration sets `dir` when it is created; a master has no `replicaof`.
  const withDefault = options.filter(({ name }) => name !== 'dir' && name !== 'replicaof');

  it.each(withDefault.map(({ name, option }) => [name, option] as const))(
    'has a default for %s that its own kind accepts',
    (_name, { kind, defaultValue }) => {
      const text = kind.format(defaultValue);
      const args = kind.multiArgument ? text.split(' ') : [text];
      expect(kind.parse(args, defaultValue)).toEqual({ ok: true, value: defaultValue, text });
    },
  );
});
