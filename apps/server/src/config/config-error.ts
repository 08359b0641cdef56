/** Where a directive stands that could not be used. */
export interface DirectiveLocation {
  /** A file's path, `command line`, or `standard input`. */
  readonly source: string;
  /** Counted from 1. */
  readonly line: number;
  /** The line without the blanks around it. */
  readonly text: string;
}

/** A configuration that the server cannot start with. `message` is one clear line; `report` is the form that Redis prints. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /**
   * @param reason what is wrong, in Redis' words where Redis has some
   * @param location the directive, or null when no directive is to blame
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
