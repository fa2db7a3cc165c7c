/** The stack of commands that a shell carries out: what is begun, what has ended, and what an end undoes. */

import { parseTimestamp } from '../../api/timestamp';
import { clear, elementsOf, INTEGER, MAP } from './array-store';
import { drawnOf } from './drawn';
import type { Expander } from './expander';
import { hasBashForms, isGivenText, shellKind } from './held-programs';
import { parseShell } from './parser';
import { pathsLike } from './paths';
import type { Frame } from './process-state';
import { assign, type Process, type Running, sizeOf, variableOf } from './processes';
import { die, exitShell } from './signals';
import { commandNode, type Node } from './syntax';

/** Begins a command within the present one. */
export function push(process: Process, node: Node, isGuarded = false): void {
  const above = process.frames.at(-1);
  process.frames.push({ node, at: 0, isGuarded: isGuarded || (above?.isGuarded ?? false) });
}

/** Ends the present command and undoes what held only for it. */
export function pop(process: Process): void {
  const frame = process.frames.pop();
  if (!frame) return;
  if (frame.node.kind === 'for') process.memory -= sizeOf(frame.words);
  if (frame.saved) process.descriptors = frame.saved;
  if (frame.call) {
    process.args = frame.call.args;
    for (const [name, value] of Object.entries(frame.call.covered)) {
      if (!name.includes(MAP)) clear(process, name);
      if (value !== null) process.variables.set(name, value);
    }
  }
  if (frame.restores !== undefined) process.status = frame.restores;
  if (frame.exits !== undefined) die(process, frame.exits);
}

/** What becomes of a shell in which a command fails: bash runs its trap of ERR, in functions where `set -E` says so. */
function fail(process: Process, { node }: Frame, status: number): void {
  const isEnd = process.options.includes('e');
  const isOutside = process.options.includes('E') || !process.frames.some(({ call, at }) => call && at > 0);
  const text = isOutside && /^(simple|pipeline|subshell)$/.test(node.kind) ? process.traps.get('ERR') : undefined;
  const trap = text ? parseShell(text, 'bash') : undefined;
  if (trap && !('problem' in trap)) {
    const body: Node = isEnd ? { kind: 'list', items: [trap, commandNode(['exit', `${status}`])] } : trap;
    process.frames.push({ node: body, at: 0, isGuarded: true, restores: status });
  } else if (isEnd) exitShell(process, status);
}

/** Ends a command with a status; with `set -e` a failure ends the shell. */
export function finish(process: Process, frame: Frame, status: number): void {
  process.status = status;
  pop(process);
  if (process.exit !== undefined) return;
  if (process.isReplaced) die(process, status);
  else if (status !== 0 && !frame.isGuarded) fail(process, frame, status);
}

/** Ends what surrounds the present command, down to the frame that is looked for; false when there is none. */
export function unwindTo(process: Process, isWanted: (frame: Frame) => boolean): boolean {
  if (!process.frames.some(isWanted)) return false;
  while (process.frames.length > 0 && !isWanted(process.frames.at(-1) as Frame)) pop(process);
  return true;
}

function special(process: Process, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(process.status);
    case '$':
      return String(process.shell);
    case '#':
      return String(process.args.length);
    case '!':
      return process.background > 0 ? String(process.background) : '';
    case '@':
    case '*':
      return process.args.length > 0 ? process.args.join(' ') : undefined;
    case '0':
      return process.name;
    default:
      return /^\d+$/.test(name) ? process.args[Number(name) - 1] : undefined;
  }
}

/** Letters of set in the order in which shells tell them. */
const FLAGS = { bash: 'abefhmnuvxBCc', other: 'ubaCvxncfe' } as const;

/** `$-`: bash adds what it does by itself, and all but dash that they were given a text. */
function flagsOf({ host }: Running, process: Process): string {
  const kind = shellKind(host, process);
  const isText = (kind === 'busybox' || kind === 'bash') && isGivenText(process);
  const letters = `${process.options}${kind === 'bash' ? 'hB' : ''}${isText ? 'c' : ''}`;
  return [...FLAGS[kind === 'bash' ? kind : 'other']].filter((one) => letters.includes(one)).join('');
}

/** Variables that shells offer by themselves. What is drawn hangs on the moment, and on how much has been done in it. */
function offered({ host, budget }: Running, process: Process, name: string, { node }: Frame): string | undefined {
  const kind = shellKind(host, process);
  if (kind === 'dash') return undefined;
  if (name === 'LINENO') {
    // BusyBox counts from 0 in a text that is handed over.
    const isText = kind === 'busybox' && isGivenText(process);
    return String(((node.kind === 'simple' && node.line) || 0) + (isText ? 0 : 1));
  }
  if (name === 'SECONDS')
    return String(Math.max(0, Math.floor((parseTimestamp(host.now) - parseTimestamp(host.madeAt ?? host.now)) / 1000)));
  const [, depth] = /^FUNCNAME(?:\[(\d+)])?$/.exec(name) ?? [name];
  if (name.startsWith('FUNCNAME'))
    return process.frames
      .filter(({ call, words }) => call && process.functions.has(words?.[0] ?? ''))
      .at(-1 - Number(depth ?? 0))?.words?.[0];
  if (/^E?UID$/.test(name)) return String(host.user ?? 0);
  if (name !== 'RANDOM') return undefined;
  budget.instructions--;
  return String(drawnOf(`${host.hostname} ${host.now} ${budget.instructions}`, 1, 32_768)[0]);
}

/** Takes over what expansions have set. */
export function settle(process: Process, assigned: ReadonlyMap<string, string>): void {
  for (const [name, value] of assigned) assign(process, name, value);
}

/** What the words of a command are expanded with. */
export function expanderOf(running: Running, process: Process, frame: Frame): Expander {
  const { host, budget } = running;
  const kind = shellKind(host, process);
  return {
    budget,
    args: process.args,
    get: (name) =>
      /^[A-Za-z_]/.test(name)
        ? (variableOf(running, process, name) ?? offered(running, process, name, frame))
        : name === '-'
          ? flagsOf(running, process)
          : special(process, name),
    assigned: new Map(),
    results: frame.results ?? [],
    used: 0,
    elements: (name) => elementsOf(process, name),
    isMap: (name) => process.variables.has(name + MAP),
    isInteger: (name) => process.variables.has(name + INTEGER),
    kind,
    isStrict: process.options.includes('u'),
    unfitting: process.options.includes('F') ? 'fault' : process.options.includes('N') ? 'gone' : undefined,
    paths: (pattern) => {
      if (process.options.includes('f')) return [];
      budget.instructions -= Math.ceil(Object.keys(host.files).length / 20);
      // bash passes over what every directory has.
      return pathsLike(host.files, process.cwd, pattern, hasBashForms(kind) ? [] : ['.', '..']);
    },
  };
}
