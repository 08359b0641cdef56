import { loadLibc } from '../linux/libc';
import type { HostMemory } from './host-memory';
import { LinuxMemory } from './linux-memory';

let loaded: HostMemory | null | undefined;

/**
 * The memory of this process, or null where nothing can be asked of the kernel: on other systems than Linux on x64 or arm64, or
 * without the optional package koffi. Loads koffi at the first call in a thread, which takes some milliseconds.
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
