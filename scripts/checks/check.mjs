/**
 * @typedef {object} Tally How many things were checked, and how they came out.
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {object} Outcome
 * @property {Tally} tally
 * @property {boolean} isSuite Whether the tally counts test cases; any other check counts as one.
 * @property {string} output Shown in full when something failed.
 * @property {string[]} leftOut What was not checked and why, a sentence each.
 */

/**
 * @typedef {object} Check
 * @property {string} name Unique among all checks.
 * @property {readonly string[]} needs Names of the checks that must have passed before; when one has not, this one is left out.
 * @property {() => Promise<Outcome>} execute
 */

/**
 * The outcome of a check that counts as one.
 *
 * @param {import('../setup/run.mjs').RunResult} result
 * @returns {Outcome}
 */
export function outcomeOf({ exitCode, output }) {
  const tally = exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  return { tally, isSuite: false, output, leftOut: [] };
}

/**
 * The outcome of a check that was not made.
 *
 * @param {string} reason A sentence.
 * @returns {Outcome}
 */
export function leftOut(reason) {
  return { tally: { passed: 0, failed: 0, skipped: 1 }, isSuite: false, output: '', leftOut: [reason] };
}

/**
 * Runs checks, `width` of them at a time, in the given order as far as `needs` allows. A check that throws has failed.
 *
 * @param {readonly Check[]} checks
 * @param {number} width >= 1
 * @param {(check: Check, outcome: Outcome, milliseconds: number) => void} report Called once for each check, as it ends.
 * @returns {Promise<Outcome[]>} In the order of ending.
 * @throws {Error} when `needs` names no check of the list, or goes round in a circle.
 */
export async function runChecks(checks, width, report) {
  const names = new Set(checks.map((check) => check.name));
  for (const { name, needs } of checks) {
    const unknown = needs.find((each) => !names.has(each));
    if (unknown !== undefined) throw new Error(`The check '${name}' needs '${unknown}', which does not exist.`);
  }
  const waiting = [...checks];
  /** @type {Map<string, Outcome>} */
  const ended = new Map();
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  /** @type {Outcome[]} */
  const outcomes = [];

  /** @param {Check} check */
  const start = async (check) => {
    const startedAt = performance.now();
    const missing = check.needs.find((name) => !hasPassed(ended.get(name)));
    const execution =
      missing === undefined ? check.execute() : Promise.resolve(leftOut(`it needs '${missing}', which has not passed`));
    const outcome = await execution.catch((error) => outcomeOf({ exitCode: 1, output: `${error?.stack ?? error}\n` }));
    running.delete(check.name);
    ended.set(check.name, outcome);
    outcomes.push(outcome);
    report(check, outcome, performance.now() - startedAt);
  };

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex((check) => check.needs.every((name) => ended.has(name)));
    if (next >= 0 && running.size < width) {
      const [check] = waiting.splice(next, 1);
      running.set(check.name, start(check));
      continue;
    }
    if (running.size === 0) throw new Error(`These checks wait for each other: ${waiting.map((each) => each.name)}`);
    await Promise.race(running.values());
  }
  return outcomes;
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
  }
  return total;
}

/**
 * The last line of a run.
 *
 * @param {Tally} tally
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {Outcome | undefined} outcome */
function hasPassed(outcome) {
  return outcome !== undefined && outcome.tally.failed === 0 && outcome.tally.passed > 0;
}
