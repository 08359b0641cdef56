import { ReplyError } from '../../../errors';
import { refusalUnless } from '../protected-command';

export const moduleRefusal = refusalUnless('enable-module-command', 'MODULE');

export const LOAD_FAILED = new ReplyError('ERR Error loading the extension. Please check the server logs.');
