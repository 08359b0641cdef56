/** What the session of a client needs to know of the command that it executes. */
export interface CommandFacts {
  /** Full name, `container|sub` for a subcommand. */
  readonly name: string;
  /** Calls that ended with an error reply. */
  failed: number;
}
