import { expect, it, vi } from 'vitest';
import { GuardedLog, logFailure } from './log';

it('passes lines on, and warns once of a log that throws', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const lines: string[] = [];
  const log = new GuardedLog({
    write(level, message) {
      lines.push(`${level} ${message}`);
      if (lines.length > 1) throw new Error('no space left');
    },
  });
  log.write('notice', 'one');
  expect(warn).not.toHaveBeenCalled();
  log.write('notice', 'two');
  log.write('warning', 'three');
  expect(lines).toEqual(['notice one', 'notice two', 'warning three']);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]![0]).toContain('no space left');
  warn.mockRestore();
});

it('writes a failure with its stack, and what was thrown if it is no error', () => {
  const lines: string[] = [];
  const log = { write: (_level: string, message: string) => void lines.push(message) };
  logFailure(log, 'a test failed', new Error('why'));
  logFailure(log, 'a test failed', 'text');
  expect(lines[0]).toMatch(/^Internal error, a test failed: Error: why\n\s+at .*log\.test/);
  expect(lines[1]).toBe('Internal error, a test failed: text');
});
