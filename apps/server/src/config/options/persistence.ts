import { INT_MAX, INT_MIN, LONG_MAX } from '../c-numbers';
import { bool } from '../kinds/bool';
import { oneOf } from '../kinds/enumeration';
import { int, memory } from '../kinds/number';
import { savePoints } from '../kinds/save-points';
import { checkedText } from '../kinds/text';
import { fileName } from '../kinds/text-checks';
import { guarded, hidden, immutable, noEffectYet } from '../option';

/** Snapshots and the append-only file. */
export const persistenceOptions = {
  save: savePoints(
    [
      { seconds: 3600, changes: 1 },
      { seconds: 300, changes: 100 },
      { seconds: 60, changes: 10000 },
    ],
    noEffectYet,
  ),
  dbfilename: checkedText('dump.rdb', fileName('dbfilename', 'filename', true), guarded, noEffectYet),
  rdbcompression: bool(true, noEffectYet),
  rdbchecksum: bool(true, immutable, noEffectYet),
  'rdb-del-sync-files': bool(false, noEffectYet),
  'rdb-save-incremental-fsync': bool(true, noEffectYet),
  'rdb-key-save-delay': int(INT_MIN, INT_MAX, 0, hidden, noEffectYet),
  'stop-writes-on-bgsave-error': bool(true, noEffectYet),
  'loading-process-events-interval-bytes': int(1024, INT_MAX, 2 * 2 ** 20, hidden, noEffectYet),
  appendonly: bool(false, noEffectYet),
  appendfilename: checkedText('appendonly.aof', fileName('appendfilename', 'filename', false), immutable, noEffectYet),
  appenddirname: checkedText('appendonlydir', fileName('appenddirname', 'dirname', false), immutable, noEffectYet),
  appendfsync: oneOf(['everysec', 'always', 'no'], 'everysec', noEffectYet),
  'no-appendfsync-on-rewrite': bool(false, noEffectYet),
  'auto-aof-rewrite-percentage': int(0, INT_MAX, 100, noEffectYet),
  'auto-aof-rewrite-min-size': memory(0, LONG_MAX, 64 * 2 ** 20, noEffectYet),
  'aof-rewrite-incremental-fsync': bool(true, noEffectYet),
  'aof-load-truncated': bool(true, noEffectYet),
  'aof-use-rdb-preamble': bool(true, noEffectYet),
  'aof-timestamp-enabled': bool(false, noEffectYet),
  'aof-disable-auto-gc': bool(false, noEffectYet),
};
