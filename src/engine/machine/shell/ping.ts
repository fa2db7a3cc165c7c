/** ping: sends one echo request after the other and tells what has come back. Follows BusyBox 1.35. */
import { type Command, fail, say } from './host';
import { after, NO_NETWORK, optionsOf, RESOLVER_GIVES_UP_MS, withinMs } from './network-options';
import type { Echo } from './results';

/** How long it waits for the first answer once all requests are sent, and for more when some have come. */
const [PATIENCE_MS, MORE_MS] = [10_000, 1_000];
const HEADER_BYTES = 8;

/** See the header. */
export const ping: Command = (args, io) => {
  const { plain, values, letters } = optionsOf(args, 'cWwistI');
  const [target = ''] = plain;
  const { network = NO_NETWORK } = io.host;
  const odd = [...values].find(([option, text]) => option !== 'I' && !/^\d+(\.\d+)?$/.test(text));
  if (odd) return fail(io, `ping: invalid number '${odd[1]}'`);
  const found = network.lookUp(target);
  const unknown = `ping: bad address '${target}'`;
  if (found.kind === 'silent') return after(RESOLVER_GIVES_UP_MS, { errors: `${unknown}\n`, status: 1 });
  if (found.kind !== 'found') return fail(io, unknown);
  const [address = ''] = found.addresses;
  const size = Number(values.get('s') ?? 56);
  say(io, `PING ${target} (${address}): ${size} data bytes`);
  const endMs = withinMs(values.get('w'), 0);
  return {
    echo: {
      target,
      address,
      size,
      count: Number(values.get('c') ?? 0),
      everyMs: withinMs(values.get('i'), 1000),
      patienceMs: withinMs(values.get('W'), PATIENCE_MS),
      isQuiet: letters.includes('q'),
      ...(endMs > 0 ? { endMs } : {}),
      spentMs: 0,
      sent: 0,
      received: 0,
    },
  };
};

/** What ping does when its time has come: what it prints, and how long it waits then or how it ends. */
export function sendEcho(
  echo: Echo,
  echoes: (address: string) => boolean,
): { readonly text: string; readonly next?: Echo; readonly waitMs: number; readonly status: number } {
  const { target, address, size, count, everyMs, endMs, spentMs, sent, patienceMs } = echo;
  const isOver = (count > 0 && sent === count) || (endMs !== undefined && spentMs >= endMs);
  const isBack = !isOver && echoes(address);
  const received = echo.received + (isBack ? 1 : 0);
  const ttl = address.startsWith('127.') ? 64 : 62;
  const line =
    isBack && !echo.isQuiet
      ? `${size + HEADER_BYTES} bytes from ${address}: seq=${sent} ttl=${ttl} time=0.100 ms\n`
      : '';
  const all = isOver ? sent : sent + 1;
  if (!isOver && (count === 0 || all < count || received < count)) {
    const waitMs = all !== count ? everyMs : received > 0 ? MORE_MS : patienceMs;
    return { text: line, next: { ...echo, sent: all, received, spentMs: spentMs + waitMs }, waitMs, status: 0 };
  }
  const lost = Math.floor(((all - received) * 100) / all);
  const sums = `\n--- ${target} ping statistics ---\n${all} packets transmitted, ${received} packets received, ${lost}% packet loss\n`;
  const times = received > 0 ? 'round-trip min/avg/max = 0.100/0.100/0.100 ms\n' : '';
  const status = received === 0 || (endMs !== undefined && received < count) ? 1 : 0;
  return { text: line + sums + times, waitMs: 0, status };
}
