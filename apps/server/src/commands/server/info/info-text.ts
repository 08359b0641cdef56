/** The text of INFO: sections of `name:value` lines, with an empty line between sections. */
export class InfoText {
  #text = '';

  /** Begins a section. */
  section(title: string): void {
    if (this.#text !== '') this.#text += '\r\n';
    this.#text += `# ${title}\r\n`;
  }

  /** Adds a line to the section. */
  field(name: string, value: string | number): void {
    this.#text += `${name}:${value}\r\n`;
  }

  /** Adds two lines: a number of bytes, and the same with a unit under `<name>_human`. */
  bytes(name: string, count: number): void {
    this.field(name, count);
    this.field(`${name}_human`, humanBytes(count));
  }

  toString(): string {
    return this.#text;
  }
}

/** Bytes with a unit and two decimal places, as Redis' bytesToHuman formats them: `1.50M`, `12B`. */
export function humanBytes(count: number): string {
  const units = 'BKMGTP';
  let power = 0;
  while (power < units.length - 1 && count >= 1024 ** (power + 1)) power++;
  return `${power === 0 ? count : (count / 1024 ** power).toFixed(2)}${units[power]}`;
}
