export type { HostMemory } from './host-memory/host-memory';
export { loadHostMemory } from './host-memory/load-host-memory';
