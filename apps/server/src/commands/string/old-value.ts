import { KeptString } from '../../values/kept-string';

/** The value that the running command replaces and replies with; one for all servers, as one command runs at a time. */
export const oldValue = new KeptString();
