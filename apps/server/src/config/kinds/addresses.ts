import { type Option, type OptionKind, type OptionTraits, option, type RewriteLine } from '../option';
import { type Parsed, parsed, refused } from '../parsed';

const MAX_BIND_ADDRESSES = 16;

/** The server that this one is a replica of. */
export interface MasterAddress {
  readonly host: string;
  readonly port: number;
}

class BindKind implements OptionKind<readonly string[]> {
  readonly multiArgument = true;

  parse(args: readonly string[]): Parsed<readonly string[]> {
    if (args.length > MAX_BIND_ADDRESSES) {
      return refused('Too many bind addresses specified.');
    }
    const addresses = args.length === 1 && args[0] === '' ? [] : [...args];
    return parsed(addresses, this.format(addresses));
  }

  format(value: readonly string[]): string {
    return value.join(' ');
  }

  rewrite(
    name: string,
    value: readonly string[],
    text: string,
    defaultValue: readonly string[],
  ): readonly RewriteLine[] {
    if (text === this.format(defaultValue)) {
      return [];
    }
    return [{ text: `${name} ${value.length === 0 ? '""' : text}`, force: true }];
  }
}

class ReplicaOfKind implements OptionKind<MasterAddress | null> {
  readonly multiArgument = true;

  parse(args: readonly string[]): Parsed<MasterAddress | null> {
    if (args.length !== 2) {
      return refused('wrong number of arguments');
    }
    const [host, portText] = args as [string, string];
    if (host.toLowerCase() === 'no' && portText.toLowerCase() === 'one') {
      return parsed(null, '');
    }
    const port = /^[ \t\n\v\f\r]*\+?[0-9]+$/.test(portText) ? Number(portText) : -1;
    if (port < 0 || port > 65535) {
      return refused('Invalid master port');
    }
    return parsed({ host, port }, `${host} ${port}`);
  }

  format(value: MasterAddress | null): string {
    return value === null ? '' : `${value.host} ${value.port}`;
  }

  rewrite(name: string, value: MasterAddress | null, text: string): readonly RewriteLine[] {
    return value === null ? [] : [{ text: `${name} ${text}`, force: true }];
  }
}

/** Addresses to listen on. `*` and `::*` are all addresses of IPv4 and IPv6; a leading `-` tolerates an unavailable address. */
export function bindAddresses(
  defaultValue: readonly string[],
  ...traits: readonly Partial<OptionTraits>[]
): Option<readonly string[]> {
  return option(new BindKind(), defaultValue, traits);
}

/** Host and port of a master, or `no one`. */
export function masterAddress(...traits: readonly Partial<OptionTraits>[]): Option<MasterAddress | null> {
  return option(new ReplicaOfKind(), null, traits);
}
