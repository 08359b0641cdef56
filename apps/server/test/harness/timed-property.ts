import fc from 'fast-check';

/**
 * Tries a property on new inputs for that long, then shrinks what failed for as long again. The run that the end of the time
 * cuts off is waited for, so that it can not meddle with the next test on the same servers. Rejects with the seed and the
 * smallest input that was found.
 */
export async function holdsFor<T>(
  milliseconds: number,
  input: fc.Arbitrary<T>,
  predicate: (value: T) => Promise<void>,
): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const property = fc.asyncProperty(input, (value) => {
    last = predicate(value);
    // It is awaited below; without this it would be an unhandled rejection until then.
    last.catch(() => {});
    return last;
  });
  const limits = { interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false };
  try {
    await fc.assert(property, { numRuns: 1_000_000, ...limits });
  } catch (failure) {
    await last.catch(() => {});
    throw failure;
  }
  await last;
}
