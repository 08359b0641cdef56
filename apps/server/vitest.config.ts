import { mergeConfig } from 'vitest/config';
import shared from '../../tooling/vitest.ts';

/** The tests of a worker share what they have imported: loading the whole server for each file takes longer than most files do. */
export default mergeConfig(shared, { test: { isolate: false } });
