/** Returns a new buffer outside of the V8 heap with undefined contents, or null if there is not enough memory. O(1). */
export function allocate(bytes: number): Buffer | null {
  try {
    return Buffer.allocUnsafeSlow(bytes);
  } catch {
    return null;
  }
}

/** Returns the error of a failed allocation, with the code ENOMEM. */
export function outOfMemory(bytes: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`not enough memory for ${bytes} bytes`), { code: 'ENOMEM' });
}
