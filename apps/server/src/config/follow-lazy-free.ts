import type { Configuration } from './configuration';

/** Which deletions leave freeing to the background. */
interface LazyFree {
  eviction: boolean;
  expire: boolean;
  serverDelete: boolean;
  userDelete: boolean;
}

/** Copies the lazyfree options from the configuration, now and after every CONFIG SET. */
export function followLazyFree(config: Configuration, lazyFree: LazyFree): void {
  config.follow(
    ['lazyfree-lazy-eviction', 'lazyfree-lazy-expire', 'lazyfree-lazy-server-del', 'lazyfree-lazy-user-del'],
    (values) => {
      lazyFree.eviction = values['lazyfree-lazy-eviction'];
      lazyFree.expire = values['lazyfree-lazy-expire'];
      lazyFree.serverDelete = values['lazyfree-lazy-server-del'];
      lazyFree.userDelete = values['lazyfree-lazy-user-del'];
    },
  );
}
