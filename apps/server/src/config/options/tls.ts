import { INT_MAX } from '../c-numbers';
import { alwaysNo, bool } from '../kinds/bool';
import { oneOf } from '../kinds/enumeration';
import { alwaysZero, int } from '../kinds/number';
import { optionalText } from '../kinds/text';
import { noEffectYet } from '../option';

const NO_TLS = 'Unable to update TLS configuration. Check server logs.';

/** TLS, which NanoRedis does not support yet: it cannot be turned on, but its parameters are stored. */
export const tlsOptions = {
  'tls-port': alwaysZero(65535, NO_TLS, noEffectYet),
  'tls-replication': alwaysNo(NO_TLS, noEffectYet),
  'tls-cluster': alwaysNo(NO_TLS, noEffectYet),
  'tls-auth-clients': oneOf(['no', 'yes', 'optional'], 'yes', noEffectYet),
  'tls-cert-file': optionalText(noEffectYet),
  'tls-key-file': optionalText(noEffectYet),
  'tls-key-file-pass': optionalText(noEffectYet),
  'tls-client-cert-file': optionalText(noEffectYet),
  'tls-client-key-file': optionalText(noEffectYet),
  'tls-client-key-file-pass': optionalText(noEffectYet),
  'tls-dh-params-file': optionalText(noEffectYet),
  'tls-ca-cert-file': optionalText(noEffectYet),
  'tls-ca-cert-dir': optionalText(noEffectYet),
  'tls-protocols': optionalText(noEffectYet),
  'tls-ciphers': optionalText(noEffectYet),
  'tls-ciphersuites': optionalText(noEffectYet),
  'tls-prefer-server-ciphers': bool(false, noEffectYet),
  'tls-session-caching': bool(true, noEffectYet),
  'tls-session-cache-size': int(0, INT_MAX, 20480, noEffectYet),
  'tls-session-cache-timeout': int(0, INT_MAX, 300, noEffectYet),
};
