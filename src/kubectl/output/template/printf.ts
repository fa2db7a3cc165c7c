/** fmt.Sprintf for the values of templates: %v %+v %s %d %q %t %f %e %g %x %c %T %%, with width, precision, `-` and `0`. Follows Go's fmt. */
import { floatText, printed, typeOf, wholeOf } from './values';

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly verb: string;
}

const INTEGER = /[dxXobcU]/;
const FLOAT = /[eEfFgG]/;

function wrong({ verb }: Verb, value: unknown): string {
  if (value === null || value === undefined) return `%!${verb}(<nil>)`;
  return `%!${verb}(${typeOf(value)}=${printed(value, true)})`;
}

function integerText(value: bigint, { verb, flags }: Verb): string {
  const radix = { x: 16, X: 16, o: 8, b: 2 }[verb] ?? 10;
  if (verb === 'c') return String.fromCodePoint(Number(value < 0n || value > 0x10ffffn ? 0xfffdn : value));
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  const digits = value.toString(radix);
  const text = verb === 'X' ? digits.toUpperCase() : digits;
  return flags.includes('+') && value >= 0n ? `+${text}` : text;
}

function numberText(value: number, { verb, precision, flags }: Verb): string {
  const lower = verb.toLowerCase();
  let text = floatText(value);
  if (lower === 'f') text = value.toFixed(Math.min(precision ?? 6, 100));
  else if (lower === 'e') {
    const [mantissa, exponent = '+0'] = value.toExponential(Math.min(precision ?? 6, 100)).split('e');
    text = `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  } else if (precision !== undefined)
    text = floatText(Number(value.toPrecision(Math.max(1, Math.min(precision, 100)))));
  return flags.includes('+') && value >= 0 ? `+${text}` : text;
}

const hex = (text: string, upper: boolean): string => {
  const digits = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return upper ? digits.toUpperCase() : digits;
};

function formatted(spec: Verb, value: unknown): string {
  const { verb, precision } = spec;
  if (verb === 'T') return typeOf(value);
  if (verb === 'v') return typeof value === 'string' ? value : printed(value, true);
  if (verb === 't') return typeof value === 'boolean' ? String(value) : wrong(spec, value);
  const whole = wholeOf(value);
  if (whole !== undefined && INTEGER.test(verb)) return integerText(whole, spec);
  if (typeof value === 'number' && FLOAT.test(verb)) return numberText(value, spec);
  if (typeof value === 'string') {
    if (verb === 's') return precision === undefined ? value : [...value].slice(0, precision).join('');
    if (verb === 'q') return JSON.stringify(value);
    if (verb === 'x' || verb === 'X') return hex(value, verb === 'X');
  }
  if (whole !== undefined && verb === 'q') return `'${String.fromCodePoint(Number(whole))}'`;
  if (Array.isArray(value)) return `[${value.map((item) => formatted(spec, item)).join(' ')}]`;
  return wrong(spec, value);
}

function padded(text: string, { flags, width }: Verb, value: unknown): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  const isNumber = typeof value === 'number' || wholeOf(value) !== undefined;
  if (!flags.includes('0') || !isNumber) return ' '.repeat(missing) + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

/** Wider than this is cut: a template may not fill the memory. */
const MAX_WIDTH = 1_000;

/** The format filled in. */
export function sprintf(format: string, args: readonly unknown[]): string {
  let used = 0;
  const text = format.replace(/%([-+# 0]*)(\d+)?(?:\.(\d*))?([A-Za-z%]|$)/g, (_all, flags, width, precision, verb) => {
    if (verb === '%') return '%';
    if (verb === '') return '%!(NOVERB)';
    const spec: Verb = {
      flags,
      width: Math.min(Number(width ?? 0), MAX_WIDTH),
      precision: precision === undefined ? undefined : Number(precision),
      verb,
    };
    if (used >= args.length) return `%!${verb}(MISSING)`;
    const value = args[used++];
    return padded(formatted(spec, value), spec, value);
  });
  const extra = args
    .slice(used)
    .map((value) => (value === null ? '<nil>' : `${typeOf(value)}=${printed(value, true)}`));
  return extra.length > 0 ? `${text}%!(EXTRA ${extra.join(', ')})` : text;
}
