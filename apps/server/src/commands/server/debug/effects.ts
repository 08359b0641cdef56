import type { DebugSubcommand } from './debug-subcommand';

export const debugSleep: DebugSubcommand = {
  name: 'sleep',
  minArguments: 3,
  maxArguments: 3,
  help: ['SLEEP <seconds>', '    Stop the server for <seconds>. Decimals allowed.'],
  execute(args, reply) {
    const seconds = Number.parseFloat(args.toLatin1(2));
    // Blocks the whole process, as the command is meant to.
    if (seconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
    reply.ok();
  },
};

export const debugError: DebugSubcommand = {
  name: 'error',
  minArguments: 3,
  maxArguments: 3,
  help: [
    'ERROR <string>',
    '    Return a Redis protocol error with <string> as message. Useful for clients',
    '    unit tests to simulate Redis errors.',
  ],
  execute(args, reply) {
    reply.errorLatin1(args.toLatin1(2));
  },
};

export const debugLog: DebugSubcommand = {
  name: 'log',
  minArguments: 3,
  maxArguments: 3,
  help: ['LOG <message>', '    Write <message> to the server log.'],
  execute(args, reply, { server }) {
    server.log.write('warning', `DEBUG LOG: ${args.toUtf8(2)}`);
    reply.ok();
  },
};
