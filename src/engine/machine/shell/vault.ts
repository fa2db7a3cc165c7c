/**
 * What `vault` says of the server of its own container, as far as it decides about readiness: one that is not in dev mode is sealed until it has
 * been initialized and unsealed, and sealed again when it begins anew. Follows command/{status,operator_init,operator_unseal,operator_seal}.go of
 * Vault 1.18. Keys are placeholders, and what a Vault keeps beside them is not simulated.
 */
import { encodeBase64 } from '../../api/base64';
import { type CommandIo, charge } from './host';
import type { CommandResult } from './results';

/** Where it is noted that there are keys, beside the data, and which of them were given, beside the process: names that no file has. */
const SHARES = '/vault/data/core\0shares';
const GIVEN = '/vault\0given';

interface Seal {
  readonly shares: number;
  readonly threshold: number;
  readonly given: readonly string[];
}

const keyOf = (index: number): string => encodeBase64(`simulated unseal key ${index + 1}`.padEnd(33));
const keysOf = ({ shares }: Seal): string[] => Array.from({ length: shares }, (_, index) => keyOf(index));
const isOpen = ({ shares, threshold, given }: Seal): boolean => shares > 0 && given.length >= threshold;

function sealIn({ files }: CommandIo['host']): Seal {
  const [shares = 0, threshold = 0] = (files[SHARES] ?? '').split('/').map(Number);
  return { shares, threshold, given: files[GIVEN]?.split(' ').filter(Boolean) ?? [] };
}

function keep(io: CommandIo, { shares, threshold, given }: Seal): void {
  charge(io.budget, 100);
  io.host.files = { ...io.host.files, [SHARES]: `${shares}/${threshold}`, [GIVEN]: given.join(' ') };
}

function table(io: CommandIo, seal: Seal): void {
  const { shares, threshold, given } = seal;
  const rows: readonly (readonly [key: string, value: string])[] = [
    ['Key', 'Value'],
    ['---', '-----'],
    ['Seal Type', 'shamir'],
    ['Initialized', String(shares > 0)],
    ['Sealed', String(!isOpen(seal))],
    ['Total Shares', String(shares)],
    ['Threshold', String(threshold)],
    ...(isOpen(seal) ? [] : [['Unseal Progress', `${given.length}/${threshold}`] as const]),
  ];
  for (const [key, value] of rows) io.output += `${key.padEnd(19)}${value}\n`;
}

function refuse(io: CommandIo, what: string, path: string, code: number, why: string): number {
  io.errors += `Error ${what}: Error making API request.\n\nURL: PUT http://127.0.0.1:8200/v1/sys/${path}\nCode: ${code}. Errors:\n\n* ${why}\n`;
  return 2;
}

function initialize(io: CommandIo, args: readonly string[]): number {
  if (sealIn(io.host).shares > 0) return refuse(io, 'initializing', 'init', 400, 'Vault is already initialized');
  const numberOf = (name: string, otherwise: number): number =>
    Number(args.map((word) => new RegExp(`^--?${name}=(\\d{1,3})$`).exec(word)?.[1]).find(Boolean) ?? otherwise);
  const shares = numberOf('key-shares', 5);
  const threshold = numberOf('key-threshold', Math.min(3, shares));
  if (threshold > shares || (threshold < 2 && shares > 1) || threshold < 1)
    return refuse(io, 'initializing', 'init', 400, 'invalid seal configuration');
  const seal = { shares, threshold, given: [] };
  keep(io, seal);
  const keys = keysOf(seal);
  if (args.some((word) => /^--?format=json$/.test(word))) {
    const said = { unseal_keys_b64: keys, unseal_shares: shares, unseal_threshold: threshold, root_token: ROOT };
    io.output += `${JSON.stringify(said, null, 2)}\n`;
    return 0;
  }
  io.output += keys.map((key, index) => `Unseal Key ${index + 1}: ${key}\n`).join('');
  io.output += `\nInitial Root Token: ${ROOT}\n\nVault initialized with ${shares} key shares and a key threshold of ${threshold}. Please securely\ndistribute the key shares printed above.\n`;
  return 0;
}

const ROOT = 'hvs.simulated';

function unseal(io: CommandIo, key: string | undefined): number {
  const seal = sealIn(io.host);
  if (seal.shares === 0) return refuse(io, 'unsealing', 'unseal', 400, 'Vault is not initialized');
  if (key === undefined || !keysOf(seal).includes(key))
    return refuse(io, 'unsealing', 'unseal', 400, "'key' must be a valid hex or base64 string");
  const given = isOpen(seal) || seal.given.includes(key) ? seal.given : [...seal.given, key];
  keep(io, { ...seal, given });
  table(io, { ...seal, given });
  return 0;
}

/** Runs it; undefined where nothing is to be said, as in dev mode. */
export function askVault(args: readonly string[], io: CommandIo): CommandResult | undefined {
  const titles = io.processes().map(({ title }) => title);
  const isDev = !titles.some((title) => /\bserver\b/.test(title)) || titles.some((title) => / -dev\b/.test(title));
  const [command = '', ...rest] = args;
  if (/^(server|agent|proxy)$/.test(command)) return 'server';
  if (command === 'version' || isDev) return undefined;
  if (args.some((word) => /^-?-address/.test(word))) return 0;
  const [part, ...more] = rest;
  const seal = sealIn(io.host);
  if (command === 'status') {
    table(io, seal);
    return isOpen(seal) ? 0 : 2;
  }
  if (command === 'operator' && part === 'init') return initialize(io, more);
  if (command === 'operator' && part === 'unseal')
    return unseal(
      io,
      more.find((word) => !word.startsWith('-')),
    );
  // Whoever joins a Raft has the keys of the one that he joins.
  if (command === 'operator' && part === 'raft' && more[0] === 'join' && seal.shares === 0) {
    keep(io, { shares: 5, threshold: 3, given: [] });
    io.output += 'Key       Value\n---       -----\nJoined    true\n';
    return 0;
  }
  if (!isOpen(seal)) return refuse(io, 'making the request', command, 503, 'Vault is sealed');
  if (command === 'operator' && part === 'seal') {
    keep(io, { ...seal, given: [] });
    io.output += 'Success! Vault is sealed.\n';
  }
  return 0;
}
