import { describe, expect, it } from 'vitest';
import { Configuration } from '../config';
import { Credentials } from './credentials';

describe('Credentials', () => {
  it('accept any password of the default user while there is none', () => {
    const credentials = new Credentials(new Configuration());
    expect(credentials.isRequired).toBe(false);
    expect(credentials.accepts('default', Buffer.from('anything'))).toBe(true);
    expect(credentials.accepts('alice', Buffer.from('anything'))).toBe(false);
  });

  it('follow requirepass, whose characters are bytes', () => {
    const config = new Configuration();
    const credentials = new Credentials(config);
    config.set([['requirepass', 'caf\xe9']], true);
    expect(credentials.isRequired).toBe(true);
    expect(credentials.accepts('default', Buffer.from('caf\xe9', 'latin1'))).toBe(true);
    expect(credentials.accepts('default', Buffer.from('caf\xe9', 'utf8'))).toBe(false);
    expect(credentials.accepts('default', Buffer.from(''))).toBe(false);
  });
});
