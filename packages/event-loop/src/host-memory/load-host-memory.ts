import { loadLibc } from '../linux/libc';
import type { HostMemory } from './host-memory';
import { LinuxMemory } from './linux-memory';

let loaded: HostMemory | null | undefined;

/**
 * Returns the interface to the memory of this process. Null on systems other than Linux on x64 or arm64, and without the optional
 * package koffi. The first call in a thread loads koffi, which takes some milliseconds.
 */
export function loadHostMemory(): HostMemory | null {
  if (loaded !== undefined) return loaded;
  try {
    loaded = new LinuxMemory(loadLibc());
  } catch {
    loaded = null;
  }
  return loaded;
}
