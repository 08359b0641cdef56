import type { Reply } from './reply';

/** Answers a container's HELP: its usage line by line, `LINES[0]` naming the container. */
export function replyHelp(reply: Reply, lines: readonly string[]): void {
  reply.array(lines.length);
  for (const line of lines) reply.simple(line);
}
