import { LONG_MAX } from '../c-numbers';
import { oneOf } from '../kinds/enumeration';
import { int } from '../kinds/number';
import { optionalText, text } from '../kinds/text';
import { immutable, noEffectYet, sensitive } from '../option';

/** Passwords, access lists, and commands that are disabled by default. */
export const securityOptions = {
  requirepass: optionalText(sensitive),
  aclfile: text('', immutable, noEffectYet),
  'acllog-max-len': int(0, LONG_MAX, 128, noEffectYet),
  'acl-pubsub-default': oneOf(['allchannels', 'resetchannels'], 'resetchannels', noEffectYet),
  'enable-protected-configs': oneOf(['no', 'yes', 'local'], 'no', immutable),
  'enable-debug-command': oneOf(['no', 'yes', 'local'], 'no', immutable),
  'enable-module-command': oneOf(['no', 'yes', 'local'], 'no', immutable),
  'sanitize-dump-payload': oneOf(['no', 'yes', 'clients'], 'no', noEffectYet),
};
