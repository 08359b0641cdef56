const MAX_HOSTNAME_CHARACTERS = 255;

/** Variables of `proc-title-template` that are never empty. */
const FILLED_TITLE_VARIABLES = new Set(['listen-addr', 'port', 'tls-port']);
/** Variables of `proc-title-template` that may be empty. */
const EMPTY_TITLE_VARIABLES = new Set(['title', 'server-mode', 'unixsocket', 'config-file']);

/** A check for the name of a file or directory without a path; `what` is the word for it in the error text of Redis. */
export function fileName(
  option: string,
  what: 'filename' | 'dirname',
  mayBeEmpty: boolean,
): (text: string) => string | null {
  return (text) => {
    if (text === '' && !mayBeEmpty) {
      return `${option} can't be empty`;
    }
    return /[/\\]/.test(text) ? `${option} can't be a path, just a ${what}` : null;
  };
}

/** Checks the characters and the length of an announced host name. */
export function announcedHostname(text: string): string | null {
  if (Buffer.byteLength(text) > MAX_HOSTNAME_CHARACTERS) {
    return `Hostnames must be less than ${MAX_HOSTNAME_CHARACTERS + 1} characters`;
  }
  return /^[A-Za-z0-9.-]*$/.test(text) ? null : 'Hostnames may only contain alphanumeric characters, hyphens or dots';
}

/** Checks that a process title has only known variables and cannot be empty. */
export function processTitleTemplate(text: string): string | null {
  const refusal = 'template format is invalid or contains unknown variables';
  let visible = false;
  for (const [piece, variable] of text.matchAll(/\{\{|\{([^}]*)\}|\{|[^{]+/gs)) {
    if (piece === '{') {
      return refusal;
    }
    if (variable === undefined) {
      visible ||= /[^ ]/.test(piece);
    } else if (FILLED_TITLE_VARIABLES.has(variable)) {
      visible = true;
    } else if (!EMPTY_TITLE_VARIABLES.has(variable)) {
      return refusal;
    }
  }
  return visible ? null : refusal;
}
