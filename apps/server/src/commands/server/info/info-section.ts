import type { Invocation } from '../../../command/invocation';
import type { InfoText } from './info-text';

/** A section of INFO. */
export interface InfoSection {
  /** The name that a client asks for, in lower case. */
  readonly name: string;
  /** Another name that means the same. */
  readonly alias?: string;
  /** Whether it is shown when no section is named. */
  readonly isDefault: boolean;
  /** Adds the section to the text. */
  write(text: InfoText, source: Pick<Invocation, 'keyspace' | 'server'>): void;
}
