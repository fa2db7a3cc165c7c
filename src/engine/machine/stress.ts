/**
 * Commands whose only purpose is to use CPU and memory, as documentation has people run them: what they use and when they end. Pure.
 * Follows stress 1.0.4, its successor stress-ng as far as it has the same options, and vish/stress of the Kubernetes documentation.
 */
import { parseDuration } from '../api/duration';
import { isQuantity, quantityMilli, quantityValue } from '../api/quantity';
import type { Container } from '../api/types';
import type { UsageProfile } from '../measures/usage';
import { parseImageReference } from './image-reference';
import { lastOf } from './shell/paths';

/** What such a command does. */
export interface Stress {
  readonly usage: Partial<UsageProfile>;
  readonly exit?: { readonly afterMs: number; readonly code: number };
}

const MIB = 1024 * 1024;
const CPU_MILLI = 1000;
/** What a worker allocates that is not told how much. */
const VM_BYTES = 256 * MIB;
const OWN_BYTES = MIB;
/** Images whose entry point is the command. */
const IMAGES = /(?:^|\/)(?:stress|stress-ng)$/;
const SIZES: Readonly<Record<string, number>> = { b: 1, k: 1024, m: MIB, g: 1024 * MIB };

/** `150M`, `1G`, `4096` */
function sizeOf(text: string): number | undefined {
  const found = /^(\d+)([bkmg]?)$/i.exec(text);
  return found ? Number(found[1]) * (SIZES[(found[2] ?? '').toLowerCase()] ?? 1) : undefined;
}

/** Options by their long names: `--vm 1`, `--vm=1`, `-cpus 2`. */
function optionsOf(argv: readonly string[]): ReadonlyMap<string, string> {
  const short: Readonly<Record<string, string>> = { c: 'cpu', m: 'vm', t: 'timeout' };
  const options = new Map<string, string>();
  argv.forEach((argument, index) => {
    const found = /^--?([a-z][a-z-]*)(?:=(.*))?$/.exec(argument);
    if (!found) return;
    const name = found[1] as string;
    options.set(short[name] ?? name, found[2] ?? argv[index + 1] ?? '');
  });
  return options;
}

const countOf = (text: string | undefined): number => (/^\d+$/.test(text ?? '') ? Number(text) : 0);

function timeoutOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parsed = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
  return 'ms' in parsed && parsed.ms > 0 ? parsed.ms : undefined;
}

/** vish/stress: `-cpus 2 -mem-total 250Mi`. It allocates by and by; here at once. */
function vishStress(options: ReadonlyMap<string, string>): Stress {
  const [cpus = '0', total = '0'] = [options.get('cpus'), options.get('mem-total')];
  if (!isQuantity(cpus) || !isQuantity(total)) return { usage: {} };
  return { usage: { idleMilli: Math.max(1, quantityMilli(cpus)), baseBytes: quantityValue(total) + OWN_BYTES } };
}

/** What the command comes to when a shell runs it. */
export const stressBy = (words: readonly string[]): Stress => plainStress(optionsOf(words));

/** What a container comes to that runs such a command; undefined for any other. */
export function stressOf({ image = '', command = [], args = [] }: Container): Stress | undefined {
  const repository = parseImageReference(image)?.repository ?? '';
  const own = IMAGES.test(repository);
  const first = command[0] ?? '';
  const name = lastOf(first);
  if (name !== 'stress' && name !== 'stress-ng' && !(own && command.length === 0)) return undefined;
  const argv = [...command.slice(1), ...args].filter((one) => one !== 'stress' && one !== 'stress-ng');
  const options = optionsOf(argv);
  if (repository === 'vish/stress') return vishStress(options);
  return plainStress(options);
}

/** stress and stress-ng by their options. */
function plainStress(options: ReadonlyMap<string, string>): Stress {
  const workers = countOf(options.get('vm'));
  const afterMs = timeoutOf(options.get('timeout'));
  const bytes = sizeOf(options.get('vm-bytes') ?? '') ?? VM_BYTES;
  const busy = countOf(options.get('cpu')) + countOf(options.get('io')) + (options.has('vm-hang') ? 0 : workers);
  const count = countOf(options.get('cpu')) + countOf(options.get('io')) + workers;
  return {
    usage: {
      idleMilli: Math.max(1, busy * CPU_MILLI),
      baseBytes: workers * bytes + OWN_BYTES,
      processes: { base: 1 + count, growthPerSecond: 0, steps: [] },
    },
    ...(afterMs === undefined ? {} : { exit: { afterMs, code: 0 } }),
  };
}
