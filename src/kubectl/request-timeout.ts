/** `--request-timeout`. Follows ParseTimeout of client-go/tools/clientcmd/config.go. */
import { KubectlError } from './errors';
import type { ParsedFlags } from './flags';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** In ms; 0 without one. Throws for what is no time. */
export function requestTimeoutMs(flags: ParsedFlags): number {
  const text = flags.text('request-timeout') || '0';
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  if (/^-?(?:\d+(?:\.\d*)?(?:ms|s|m|h))+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+(?:\.\d*)?)(ms|s|m|h)/g)];
    const ms = parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (UNITS[unit] as number), 0);
    return text.startsWith('-') ? 0 : ms;
  }
  throw new KubectlError(
    'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
  );
}
