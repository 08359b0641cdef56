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

  it.each(options.map(({ name, option }) => [name, option] as const))(
    'has a default for %s that its own kind accepts',
    (name, { kind, defaultValue }) => {
      if (name === 'dir' || name === 'replicaof') {
        // Filled in when the configuration is made; and set by being absent.
        return;
      }
      const text = kind.format(defaultValue);
      const args = kind.multiArgument ? text.split(' ') : [text];
      expect(kind.parse(args, defaultValue)).toEqual({ ok: true, value: defaultValue, text });
    },
  );
});
