import { PAGE_BYTES } from './page-table';
import { CLASS_UNITS } from './size-classes';

/** The smallest number of pages (16 KiB or more) that holds enough records and leaves at most 1 % at the end unused. */
function spanPagesOf(bytes: number): number {
  const minRecords = bytes <= 4096 ? 8 : 2;
  let best = 0;
  let bestWaste = 1;
  for (let pages = 4; pages <= 32; pages++) {
    const span = pages * PAGE_BYTES;
    const waste = (span % bytes) / span;
    if (span < bytes * minRecords || waste >= bestWaste) continue;
    best = pages;
    bestWaste = waste;
    if (waste <= 0.01) break;
  }
  return best;
}

/** Pages of a span, by class. */
export const SPAN_PAGES = Uint32Array.from(CLASS_UNITS, (units) => (units === 0 ? 0 : spanPagesOf(units << 3)));
