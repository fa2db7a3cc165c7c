/** The built-ins that declare variables and take them away. Follows POSIX.1-2017, Shell Command Language, 2.14, and bash's `local`, `declare`. */
import { arithmetic } from './arithmetic';
import { clear, INTEGER, MAP } from './array-store';
import { type Builtin, badName, constant, refuse } from './builtin';
import { keyOf, numbersOf } from './expander';
import { expanderOf } from './frames';
import { shellKind } from './held-programs';
import type { Frame } from './process-state';
import { assign, environmentOf, type Process, type Running } from './processes';
import { writeTo } from './redirects';
import { exportLines } from './shell-variables';

/** `NAME`, `NAME=value`; undefined when it is neither. */
function definition(argument: string): { readonly name: string; readonly value?: string } | undefined {
  const match = /^([A-Za-z_]\w*)(?:=([\s\S]*))?$/.exec(argument);
  if (!match) return undefined;
  const [, name = '', value] = match;
  return value === undefined ? { name } : { name, value };
}

/** What keeps a variable from being set as told; a status, and undefined where the shell ends. */
function refusal(running: Running, process: Process, frame: Frame, argument: string): { status?: number } | undefined {
  const found = definition(argument);
  if (!found) return { status: refuse(running, process, frame, badName(argument, nameIn(argument))) };
  if (found.value === undefined || !process.constants?.includes(found.name)) return undefined;
  return { status: refuse(running, process, frame, constant(process, frame, found.name)) };
}

/** What stands before a `=`. */
const nameIn = (text: string): string => text.split('=', 1)[0] ?? '';

/** export. */
export const exportNames: Builtin = (running, process, args, frame) => {
  if (args.length === 0 || args[0] === '-p') {
    const kind = shellKind(running.host, process);
    writeTo(running, process, 1, exportLines(kind, environmentOf(running, process)));
    return 0;
  }
  let status: number | undefined = 0;
  for (const argument of args) {
    if (/^-[a-z]$/.test(argument)) continue;
    const refused = refusal(running, process, frame, argument);
    const found = definition(argument);
    if (refused) {
      status = refused.status;
      if (status === undefined) return status;
    } else if (found) {
      if (found.value !== undefined) assign(process, found.name, found.value);
      process.exported.add(found.name);
    }
  }
  return status;
};

/** What a variable is given, which of one that is an integer is worked out. */
function workedOut(running: Running, process: Process, frame: Frame, name: string, value?: string): string | undefined {
  if (value === undefined || !process.variables.has(name + INTEGER)) return value;
  return arithmetic(value, numbersOf(expanderOf(running, process, frame)));
}

/** `local` and `declare`: variables that the caller has back afterwards. */
export const local: Builtin = (running, process, args, frame) => {
  const owner = process.frames.findLast((one) => one.call !== undefined && one !== frame);
  if (!owner && frame.words?.includes('local')) {
    const said = 'not in a function';
    return refuse(running, process, frame, { busybox: said, dash: said, bash: 'can only be used in a function' });
  }
  const letters = args.filter((one) => one.startsWith('-')).join('');
  for (const argument of args) {
    const found = definition(argument);
    if (!found) continue;
    const { name, value } = found;
    const isNew = owner?.call !== undefined && !Object.hasOwn(owner.call.covered, name);
    if (isNew && owner.call) {
      const before = [...process.variables].filter(([key]) => key.startsWith(name + MAP));
      const covered = { ...owner.call.covered, [name]: process.variables.get(name) ?? null };
      owner.call = { ...owner.call, covered: { ...covered, ...Object.fromEntries(before) } };
      // Dash begins with the value outside.
      if (value !== undefined || shellKind(running.host, process) !== 'dash') clear(process, name);
    }
    if (letters.includes('i')) assign(process, name + INTEGER, '');
    if (letters.includes('A')) assign(process, name + MAP, '');
    else if (value !== undefined || (isNew && !letters.includes('a')))
      assign(process, name, workedOut(running, process, frame, name, value) ?? process.variables.get(name) ?? '');
  }
  return 0;
};

/** readonly. */
export const readonlyNames: Builtin = (running, process, args, frame) => {
  let status: number | undefined = 0;
  for (const argument of args) {
    if (/^-[a-z]$/.test(argument)) continue;
    const refused = refusal(running, process, frame, argument);
    const found = definition(argument);
    if (refused) {
      status = refused.status;
      if (status === undefined) return status;
    } else if (found) {
      if (found.value !== undefined) assign(process, found.name, found.value);
      process.constants = [...(process.constants ?? []), found.name];
    }
  }
  return status;
};

/** Where `x[1]` is kept. */
function elementKey(running: Running, process: Process, frame: Frame, text: string): string {
  const [name = '', index = ''] = text.split(/[[\]]/);
  return keyOf(name, index, expanderOf(running, process, frame));
}

/** unset. */
export const unset: Builtin = (running, process, args, frame) => {
  const isFunction = args[0] === '-f';
  let status: number | undefined = 0;
  for (const name of args.filter((one) => !/^-[fv]$/.test(one))) {
    const isBad = !/^[A-Za-z_]/.test(name) && shellKind(running.host, process) !== 'bash';
    if (isFunction) process.functions.delete(name);
    else if (isBad || process.constants?.includes(name)) {
      const bash = `${name}: cannot unset: readonly variable`;
      const said = isBad ? badName(name, name) : { ...constant(process, frame, name), bash };
      status = refuse(running, process, frame, said);
      if (status === undefined) return status;
    } else {
      if (name.endsWith(']')) process.variables.delete(elementKey(running, process, frame, name));
      else clear(process, name);
      process.exported.delete(name);
      process.unset.add(name);
    }
  }
  return status;
};
