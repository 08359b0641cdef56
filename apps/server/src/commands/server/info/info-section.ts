import type { Invocation } from '../../../command/invocation';
import type { InfoText } from './info-text';

/** A section of INFO. */
export interface InfoSection {
  /** The name, in lower case. */
  readonly name: string;
  /** Another name of the section. */
  readonly alias?: string;
  /** Whether it is shown if no section is named. */
  readonly isDefault: boolean;
  /** Adds the section to the text. */
  write(text: InfoText, source: Pick<Invocation, 'keyspace' | 'server'>): void;
}
