/** The location of an invalid directive. */
export interface DirectiveLocation {
  /** A file's path, `command line`, or `standard input`. */
  readonly source: string;
  /** Line number, from 1. */
  readonly line: number;
  /** The line, trimmed. */
  readonly text: string;
}

/** A configuration that the server cannot start with. `message` is one line; `report` is the form that Redis prints. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /**
   * @param reason what is wrong, in the words of Redis if it has an error text
   * @param location the directive, or null if no directive is at fault
   */
  constructor(
    readonly reason: string,
    readonly location: DirectiveLocation | null,
  ) {
    super(location === null ? reason : `${location.source}, line ${location.line}: '${location.text}': ${reason}`);
  }

  /** Several lines as redis-server prints them. @param version of the server */
  report(version: string): string {
    const lines = [`*** FATAL CONFIG FILE ERROR (NanoRedis ${version}) ***`];
    if (this.location !== null) {
      lines.push(`Reading the configuration file, at line ${this.location.line}`, `>>> '${this.location.text}'`);
    }
    lines.push(this.reason);
    return lines.join('\n');
  }
}
