import { escapeBytes } from './reply-frame';
import type { Step } from './steps';

/** What the real server answered to a step. */
export interface Exchange {
  readonly step: Step;
  readonly reply: Buffer;
}

const ERROR = 45;
/** Titles that promise errors. */
const PROMISES_ERRORS = /refuse|wrong|error|unknown|unauthenticated/i;
/** Names that no command will ever have, or that belong to the tests of exactly that. */
const MEANT_TO_BE_UNKNOWN = /'[^']*(foo|nosuch|nothing)/i;

/**
 * Tells why a case is likely not to test what it says: equal errors of both servers pass a comparison, so a typing
 * error would go unnoticed. Returns null when nothing is odd. O(steps).
 */
export function findSuspicion(title: string, exchanges: readonly Exchange[]): string | null {
  const sent = exchanges.filter(({ step }) => step.send !== null && step.read === 'reply');
  for (const { step, reply } of exchanges) {
    if (reply[0] !== ERROR) continue;
    const shown = `${step.label}: ${escapeBytes(reply)}`;
    const { how } = step.comparison;
    if (how !== 'exact' && step.read === 'reply' && how !== 'ignore') return `an error is compared by ${how}, ${shown}`;
    if (PROMISES_ERRORS.test(title)) continue;
    const text = reply.toString('latin1');
    if (text.startsWith('-ERR unknown command') && !MEANT_TO_BE_UNKNOWN.test(text)) return `no such command, ${shown}`;
  }
  if (sent.length === 0 || PROMISES_ERRORS.test(title)) return null;
  return sent.every(({ reply }) => reply[0] === ERROR) ? `nothing but errors came back in "${title}"` : null;
}
